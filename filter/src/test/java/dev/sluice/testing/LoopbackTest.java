package dev.sluice.testing;

import org.junit.jupiter.api.RepeatedTest;

import java.io.IOException;
import java.net.ServerSocket;

import static org.assertj.core.api.Assertions.assertThat;

class LoopbackTest {

    @RepeatedTest(20)
    void findsPortsThatNoOutgoingConnectionIsGiven() throws IOException {
        int port = Loopback.freePort();
        assertThat(port).isBetween(1_024, 32_767);
        new ServerSocket(port, 1, Loopback.address()).close();
    }

    @RepeatedTest(20)
    void findsPortsOfNodesWhoseBusNoOutgoingConnectionIsGiven() throws IOException {
        int bus = Loopback.freePortOfNode() + 10_000;
        assertThat(bus).isBetween(1_024, 32_767);
        new ServerSocket(bus, 1, Loopback.address()).close();
    }
}
