package dev.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/** The only network that tests use. */
public final class Loopback {

    public static final String HOST = "127.0.0.1";

    /**
     * Free ports are taken from below those that Linux (from 32768) and macOS (from 49152) give to outgoing connections. A client that
     * keeps connecting to a dead port of that range is in the end given the very port it asks for, and talks to itself.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;

    /** From the port of a node of a Redis Cluster to that on which it talks with the others. */
    private static final int TO_BUS_PORT = 10_000;

    private static final int ATTEMPTS = 1_000;

    private Loopback() {}

    public static InetAddress address() {
        try {
            return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // four bytes are always an address
        }
    }

    /** Whether this machine has {@code ::1}. */
    public static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    /** A port that nobody listens on at this moment. */
    public static int freePort() {
        return port(Loopback::isFree);
    }

    /** One for a node of a Redis Cluster: its bus port is free too, and of the same range as all free ports. */
    static int freePortOfNode() {
        return port(bus -> isFree(bus) && isFree(bus - TO_BUS_PORT)) - TO_BUS_PORT;
    }

    private static int port(IntPredicate suits) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            if (suits.test(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST_PORT + " to " + LAST_PORT);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, address())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
