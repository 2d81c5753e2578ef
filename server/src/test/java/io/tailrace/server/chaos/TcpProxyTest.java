package io.tailrace.server.chaos;

import static io.tailrace.server.chaos.TcpProxy.Direction.TO_CLIENT;
import static io.tailrace.server.chaos.TcpProxy.Direction.TO_GATEWAY;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

class TcpProxyTest {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final TcpProxy proxy = new TcpProxy(server.getLocalPort());
    private Socket client;
    private Socket gateway;

    TcpProxyTest() throws IOException {
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        gateway = server.accept();
    }

    @BeforeEach
    void nobodyWaitsForEver() throws IOException {
        client.setSoTimeout(10_000);
        gateway.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        client.close();
        gateway.close();
        server.close();
    }

    @Test
    void passesBothDirectionsAndTheEndOfEach() throws IOException {
        send(client, "hello");
        assertThat(read(gateway, 5)).isEqualTo("hello");
        client.shutdownOutput();
        assertThat(gateway.getInputStream().read()).isEqualTo(-1);
        send(gateway, "still there");
        gateway.close();
        assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo("still there");
        await().until(() -> proxy.connections() == 0);
        assertThat(proxy.bytes(TO_GATEWAY)).isEqualTo(5);
        assertThat(proxy.bytes(TO_CLIENT)).isEqualTo(11);
    }

    @Test
    void aCutIsAResetAtBothEnds() throws IOException {
        send(client, "x");
        read(gateway, 1);
        proxy.cut();
        assertReset(client);
        assertReset(gateway);
        assertThat(proxy.connections()).isZero();
    }

    @Test
    void aHalfCutLeavesTheOtherEndInTheDark() throws IOException {
        send(client, "x");
        read(gateway, 1);
        proxy.halfCut(TO_CLIENT);
        assertReset(client);
        send(gateway, "is anybody there?");
        gateway.setSoTimeout(100);
        assertThatThrownBy(() -> read(gateway, 1)).isInstanceOf(SocketTimeoutException.class);
        assertThat(proxy.connections()).isZero();
        proxy.close();
        gateway.setSoTimeout(10_000);
        assertReset(gateway);
    }

    @Test
    void cutsInTheMiddle() throws IOException {
        proxy.cutAfter(TO_CLIENT, 3);
        send(gateway, "hello");
        assertThat(read(client, 3)).isEqualTo("hel");
        assertReset(client);
        assertReset(gateway);
    }

    @Test
    void aStallFillsTheSendersBuffersAndLosesNothing() throws Exception {
        proxy.stall(TO_CLIENT, true);
        Thread sender = Thread.ofVirtual().start(() -> send(gateway, "x".repeat(20_000_000)));
        assertThat(sender.join(Duration.ofMillis(300))).isFalse();
        assertThat(proxy.bytes(TO_CLIENT)).isZero();
        send(client, "other way");
        assertThat(read(gateway, 9)).isEqualTo("other way");
        proxy.heal();
        assertThat(read(client, 20_000_000)).hasSize(20_000_000);
        assertThat(sender.join(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void whatIsDroppedIsLostSilently() throws IOException {
        proxy.drop(TO_GATEWAY, true);
        send(client, "lost");
        client.setSoTimeout(100);
        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketTimeoutException.class);
        proxy.drop(TO_GATEWAY, false);
        send(client, "found");
        assertThat(read(gateway, 5)).isEqualTo("found");
    }

    @Test
    void delaysWithoutLosingTheOrder() throws IOException {
        proxy.delay(TO_GATEWAY, Duration.ofMillis(200));
        long start = System.nanoTime();
        send(client, "a");
        send(client, "b");
        assertThat(read(gateway, 2)).isEqualTo("ab");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void refusesAndLeadsElsewhere() throws IOException {
        proxy.refuse(true);
        try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            refused.setSoTimeout(10_000);
            assertReset(refused);
        }
        proxy.refuse(false);
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            proxy.leadTo(other.getLocalPort());
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                    Socket there = other.accept()) {
                send(second, "hi");
                assertThat(read(there, 2)).isEqualTo("hi");
            }
        }
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(
                        () -> {
                            while (socket.getInputStream().read() >= 0) {}
                        })
                .isInstanceOf(SocketException.class);
    }

    private static void send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Socket socket, int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        return new String(bytes, UTF_8);
    }
}
