package dev.sluice.store.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/**
 * Makes lines from the settings: the place to find the master of a Sentinel, or the node of a slot. Used by one thread;
 * {@link #close} is safe for any.
 */
final class Connector {

    private final RedisSettings settings;
    private volatile boolean closed;
    private volatile Socket underWay = new Socket();

    Connector(RedisSettings settings) {
        this.settings = settings;
    }

    /**
     * A new line, connected and authenticated.
     *
     * @param patience for the connection, and again for each reply of the handshake
     * @throws JedisException if there is none to be had
     */
    Line connect(Duration patience) {
        JedisSocketFactory sockets = new DefaultJedisSocketFactory(
                new HostAndPort(settings.address().host(), settings.address().port()), config(patience));
        Connection connection = new Connection(() -> remember(sockets.createSocket()), config(patience));
        connection.setSoTimeout((int) settings.deadline().toMillis());
        return new Line(connection);
    }

    /** Ends a connection that is being made, and allows no further one. */
    void close() {
        closed = true;
        close(underWay);
    }

    private Socket remember(Socket socket) {
        underWay = socket;
        if (closed) { // T2 closed between the line above and the one that made the socket
            close(socket);
            throw new JedisConnectionException("the store is closed");
        }
        return socket;
    }

    private DefaultJedisClientConfig config(Duration patience) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .clientName("sluice")
                .connectionTimeoutMillis((int) patience.toMillis())
                .socketTimeoutMillis((int) patience.toMillis())
                .database(settings.database());
        if (settings.tls()) {
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        settings.username().ifPresent(config::user);
        settings.password().ifPresent(config::password);
        return config.build();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new JedisConnectionException(e);
        }
    }
}
