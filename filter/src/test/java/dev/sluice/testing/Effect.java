package dev.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What happens to a request, to its reply and to the end of a connection; as it stands, they pass. */
sealed interface Effect {

    Effect PASS = new Pass();

    default void request(byte[] bytes, ProxiedConnection connection, Outbreak outbreak)
            throws IOException, InterruptedException {
        connection.forward(bytes);
    }

    default void reply(byte[] bytes, ProxiedConnection connection, Outbreak outbreak)
            throws IOException, InterruptedException {
        connection.deliver(bytes);
    }

    default void end(ProxiedConnection connection, Outbreak outbreak) throws InterruptedException {
        connection.close();
    }

    record Pass() implements Effect {}

    record Delay(Duration time) implements Effect {
        @Override
        public void reply(byte[] bytes, ProxiedConnection connection, Outbreak outbreak)
                throws IOException, InterruptedException {
            outbreak.pause(time);
            connection.deliver(bytes);
        }
    }

    record Drip(Duration interval) implements Effect {
        @Override
        public void reply(byte[] bytes, ProxiedConnection connection, Outbreak outbreak)
                throws IOException, InterruptedException {
            for (byte drop : bytes) {
                outbreak.pause(interval);
                connection.deliver(new byte[] {drop});
            }
        }
    }

    record Swallow() implements Effect {
        @Override
        public void request(byte[] bytes, ProxiedConnection connection, Outbreak outbreak) {
            connection.mute();
        }

        @Override
        public void reply(byte[] bytes, ProxiedConnection connection, Outbreak outbreak) {
            connection.mute();
        }
    }

    record Cut() implements Effect {
        @Override
        public void reply(byte[] bytes, ProxiedConnection connection, Outbreak outbreak) {
            connection.close();
        }
    }

    record HalfOpen() implements Effect {
        @Override
        public void request(byte[] bytes, ProxiedConnection connection, Outbreak outbreak)
                throws IOException, InterruptedException {
            outbreak.awaitEnd();
            connection.request(bytes);
        }

        @Override
        public void reply(byte[] bytes, ProxiedConnection connection, Outbreak outbreak)
                throws IOException, InterruptedException {
            outbreak.awaitEnd();
            connection.reply(bytes);
        }

        @Override
        public void end(ProxiedConnection connection, Outbreak outbreak) throws InterruptedException {
            outbreak.awaitEnd();
            connection.end();
        }
    }

    record Answer(String text) implements Effect {
        @Override
        public void request(byte[] bytes, ProxiedConnection connection, Outbreak outbreak) throws IOException {
            connection.deliver(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void reply(byte[] bytes, ProxiedConnection connection, Outbreak outbreak) throws IOException {
            connection.deliver(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
