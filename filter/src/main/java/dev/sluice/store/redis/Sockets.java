package dev.sluice.store.redis;

import redis.clients.jedis.exceptions.JedisConnectionException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Connects sockets to one server. Immutable.
 *
 * @param stepMillis how long one attempt to connect, and one read, may take
 * @param tls with what connections are encrypted, if they are
 */
record Sockets(RedisAddress address, int stepMillis, Optional<LiveTls> tls) {

    /**
     * Connects, and lets the server prove who it is where connections are encrypted.
     *
     * @param begun is given each socket before anything can block on it: whoever closes it ends the attempt
     * @throws JedisConnectionException if it cannot
     */
    Socket open(Consumer<Socket> begun) {
        try {
            Socket plain = connect(begun);
            return tls.isEmpty() ? plain : tls.get().now().over(plain, address);
        } catch (IOException failure) {
            throw new JedisConnectionException("cannot connect", failure);
        }
    }

    /** All addresses of a name are tried; nobody is always the first. */
    private Socket connect(Consumer<Socket> begun) throws IOException {
        List<InetAddress> found = Arrays.asList(InetAddress.getAllByName(address.host()));
        Collections.shuffle(found);
        IOException failure = new IOException("the name has no address");
        for (InetAddress each : found) {
            Socket socket = new Socket();
            begun.accept(socket);
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.setSoLinger(true, 0); // closing never waits
                socket.connect(new InetSocketAddress(each, address.port()), stepMillis);
                socket.setSoTimeout(stepMillis);
                return socket;
            } catch (IOException refused) {
                socket.close();
                failure = refused;
            }
        }
        throw failure;
    }
}
