package dev.sluice.store.redis;

import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a call gave no decision. Immutable.
 *
 * @param kind what follows from it
 * @param reason for the operator to read, without secrets and without control characters
 */
record Fault(Kind kind, String reason) {

    /** What follows from a fault. */
    enum Kind {
        /** The connection ended without a reply: the line is lost, and it may have been lost long before. */
        DISCONNECTED,
        /** No reply in time: the line is lost, since the reply may still come. */
        LATE,
        /** A reply that is not one of the script's: the line is lost. */
        GARBAGE,
        /** Redis refuses for the time being; the line is good. */
        REFUSED,
        /** Redis will refuse until somebody changes its configuration or ours; the line is good. */
        MISCONFIGURED
    }

    /** No reply in time. */
    static final Fault LATE = new Fault(Kind.LATE, "no reply in time");

    /** A fault of ours. */
    static final Fault UNEXPECTED = new Fault(Kind.GARBAGE, "an unexpected error");

    private record Row(String prefix, Kind kind, String meaning) {}

    /** Every error that Redis may answer, by how it begins. NOSCRIPT and WRONGTYPE never get here: they are cured. */
    private static final List<Row> ROWS = List.of(
            new Row("READONLY", Kind.REFUSED, "it is a replica"),
            new Row("LOADING", Kind.REFUSED, "it is loading its data"),
            new Row("MASTERDOWN", Kind.REFUSED, "it is a replica without its master"),
            new Row("CLUSTERDOWN", Kind.REFUSED, "the cluster is down"),
            new Row("TRYAGAIN", Kind.REFUSED, "the cluster is moving the slot"),
            new Row("MOVED", Kind.MISCONFIGURED, "it is a node of a cluster"),
            new Row("ASK", Kind.MISCONFIGURED, "it is a node of a cluster"),
            new Row("CROSSSLOT", Kind.MISCONFIGURED, "it is a node of a cluster"),
            new Row("BUSY", Kind.REFUSED, "somebody's script runs and runs"),
            new Row("OOM", Kind.REFUSED, "maxmemory is reached"),
            new Row("MISCONF", Kind.REFUSED, "it cannot save to disk"),
            new Row("NOREPLICAS", Kind.REFUSED, "too few replicas are connected"),
            new Row("ERR max number of clients", Kind.REFUSED, "maxclients is reached"),
            new Row("NOAUTH", Kind.MISCONFIGURED, "it wants a password: set redis.password"),
            new Row("WRONGPASS", Kind.MISCONFIGURED, "redis.username or redis.password is wrong"),
            new Row("NOPERM", Kind.MISCONFIGURED, "the ACL user lacks a permission"),
            new Row("ERR The user executing the script", Kind.MISCONFIGURED, "the ACL user lacks a permission"),
            new Row("ERR AUTH", Kind.MISCONFIGURED, "it has no password: unset redis.password"),
            new Row("ERR invalid DB index", Kind.MISCONFIGURED, "it has no such database"),
            new Row("ERR DB index", Kind.MISCONFIGURED, "it has no such database"));

    private static final Pattern SCRIPT_LINE = Pattern.compile("user_script:(\\d+)");
    private static final Pattern COMMAND = Pattern.compile("redis\\.p?call\\('([A-Z]+)'");

    static Fault of(RuntimeException failure) {
        String message = printable(String.valueOf(failure.getMessage()));
        if (failure instanceof IllegalArgumentException) {
            return new Fault(Kind.GARBAGE, "not a reply of the script: " + message);
        }
        for (Row row : ROWS) {
            if (message.startsWith(row.prefix())) {
                return new Fault(row.kind(), row.meaning() + ": " + message + deniedCommand(message));
            }
        }
        if (failure instanceof JedisDataException) {
            return new Fault(Kind.REFUSED, message);
        }
        if (failure.getCause() instanceof SocketTimeoutException) {
            return LATE;
        }
        boolean disconnected = failure instanceof JedisConnectionException && !message.startsWith("Unknown reply");
        return new Fault(disconnected ? Kind.DISCONNECTED : Kind.GARBAGE, printable(deepestReason(failure)));
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

    boolean endsLine() {
        return kind == Kind.DISCONNECTED || kind == Kind.LATE || kind == Kind.GARBAGE;
    }

    boolean mayBeStale() {
        return kind == Kind.DISCONNECTED;
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

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().limit(300).forEach(c -> printable.append(c < ' ' || c > '~' ? '?' : (char) c));
        return printable.toString();
    }
}
