package dev.sluice.store.redis;

import dev.sluice.store.FaultKind;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a call gave no decision. Immutable.
 *
 * @param kind what follows from it
 * @param reason for the operator to read, without secrets and without control characters
 */
record Fault(FaultKind kind, String reason) {

    /** No reply in time. */
    static final Fault LATE = new Fault(FaultKind.LATE, "no reply in time");

    /** A fault of ours. */
    static final Fault UNEXPECTED = new Fault(FaultKind.GARBAGE, "an unexpected error");

    private record Row(String prefix, FaultKind kind, String meaning) {}

    private static final String OF_REPLICA = "it is a replica";

    /** Every error that Redis may answer, by how it begins. NOSCRIPT and WRONGTYPE never get here: they are cured. */
    private static final List<Row> ROWS = List.of(
            new Row("READONLY", FaultKind.REFUSED, OF_REPLICA),
            new Row("LOADING", FaultKind.REFUSED, "it is loading its data"),
            new Row("MASTERDOWN", FaultKind.REFUSED, "it is a replica without its master"),
            new Row("CLUSTERDOWN", FaultKind.REFUSED, "the cluster is down"),
            new Row("TRYAGAIN", FaultKind.REFUSED, "the cluster is moving the slot"),
            new Row("MOVED", FaultKind.MISCONFIGURED, "it is a node of a cluster: set redis.mode = cluster"),
            new Row("ASK", FaultKind.MISCONFIGURED, "it is a node of a cluster: set redis.mode = cluster"),
            new Row("CROSSSLOT", FaultKind.MISCONFIGURED, "it is a node of a cluster: set redis.mode = cluster"),
            new Row(
                    "ERR This instance has cluster support disabled",
                    FaultKind.MISCONFIGURED,
                    "it is no node of a cluster: set redis.mode = standalone"),
            new Row("BUSY", FaultKind.REFUSED, "somebody's script runs and runs"),
            new Row("OOM", FaultKind.REFUSED, "maxmemory is reached"),
            new Row("MISCONF", FaultKind.REFUSED, "it cannot save to disk"),
            new Row("NOREPLICAS", FaultKind.REFUSED, "too few replicas are connected"),
            new Row("ERR max number of clients", FaultKind.REFUSED, "maxclients is reached"),
            new Row("NOAUTH", FaultKind.MISCONFIGURED, "it wants a password: set redis.password"),
            new Row("WRONGPASS", FaultKind.MISCONFIGURED, "redis.username or redis.password is wrong"),
            new Row("NOPERM", FaultKind.MISCONFIGURED, "the ACL user lacks a permission"),
            new Row("ERR The user executing the script", FaultKind.MISCONFIGURED, "the ACL user lacks a permission"),
            new Row("ERR ACL failure in script", FaultKind.MISCONFIGURED, "the ACL user lacks a permission"),
            new Row("ERR AUTH", FaultKind.MISCONFIGURED, "it has no password: unset redis.password"),
            new Row("ERR invalid DB index", FaultKind.MISCONFIGURED, "it has no such database"),
            new Row("ERR DB index", FaultKind.MISCONFIGURED, "it has no such database"));

    private static final Pattern SCRIPT_LINE = Pattern.compile("user_script:(\\d+)");
    private static final Pattern COMMAND = Pattern.compile("\\bp?call\\('([A-Z]+)'");

    static Fault of(RuntimeException failure) {
        if (failure instanceof KnownFaultException known) {
            return known.fault();
        }
        String message = printable(String.valueOf(failure.getMessage()));
        if (failure instanceof IllegalArgumentException) {
            return new Fault(FaultKind.GARBAGE, "not a reply of the script: " + message);
        }
        for (Row row : ROWS) {
            if (message.startsWith(row.prefix())) {
                return new Fault(row.kind(), row.meaning() + ": " + message + deniedCommand(message));
            }
        }
        if (failure instanceof JedisDataException) {
            return new Fault(FaultKind.REFUSED, message);
        }
        Optional<Fault> tls = TlsFault.of(failure);
        if (tls.isPresent()) {
            return tls.get();
        }
        if (failure.getCause() instanceof SocketTimeoutException) {
            return LATE;
        }
        boolean disconnected = failure instanceof JedisConnectionException && !message.startsWith("Unknown reply");
        return new Fault(disconnected ? FaultKind.DISCONNECTED : FaultKind.GARBAGE, printable(deepestReason(failure)));
    }

    /** Jedis says that it could not connect, and keeps why to itself. */
    private static String deepestReason(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable[] suppressed = failure.getSuppressed();
        if (cause == null && suppressed.length == 0) {
            return failure instanceof UnknownHostException
                    ? "unknown host " + failure.getMessage()
                    : String.valueOf(failure.getMessage());
        }
        return deepestReason(cause == null ? suppressed[0] : cause);
    }

    /** The same, and where. */
    Fault at(String place) {
        return new Fault(kind, place + ": " + reason);
    }

    /** Of two that an operator can read only one of: what nobody else can end, or else the later one. */
    Fault unlessConfigured(Fault later) {
        return kind == FaultKind.MISCONFIGURED ? this : later;
    }

    /** Whether it is for another server to decide: lines to this one lead astray. */
    boolean isOfReplica() {
        return reason.startsWith(OF_REPLICA);
    }

    boolean endsLine() {
        return kind == FaultKind.DISCONNECTED || kind == FaultKind.LATE || kind == FaultKind.GARBAGE;
    }

    boolean mayBeStale() {
        return kind == FaultKind.DISCONNECTED;
    }

    /** Redis tells only the line of the script in which it denied a command: say which one that was. */
    private static String deniedCommand(String message) {
        Matcher line = SCRIPT_LINE.matcher(message);
        if (!line.find()) {
            return "";
        }
        Matcher command = COMMAND.matcher(new String(TokenBucketScript.TEXT, StandardCharsets.UTF_8)
                .lines()
                .skip(Long.parseLong(line.group(1)) - 1L)
                .findFirst()
                .orElse(""));
        return command.find() ? " (the command is " + command.group(1) + ")" : "";
    }

    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().limit(300).forEach(c -> printable.append(c < ' ' || c > '~' ? '?' : (char) c));
        return printable.toString();
    }
}
