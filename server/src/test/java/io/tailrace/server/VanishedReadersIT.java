package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.chaos.Reply;
import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Readers go away without a word, and others need their places long before the next heartbeat. */
class VanishedReadersIT extends GuardedGateway {

    private static final int MANY = 80;

    private final List<Socket> sockets = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TestGateway small(int streams, String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--max-streams=" + streams);
        options.add("--heartbeat=1h");
        return new TestGateway(options.toArray(String[]::new));
    }

    /** Asks for a stream; the answer has yet to be read. */
    private Socket asks(TestGateway gateway, String session, String... headers) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        String request =
                "GET /api/sse/session/%s?channels=logs:acme:x HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                        .formatted(session, String.join("", headers));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private List<Socket> ask(TestGateway gateway, int count, String name, String... headers)
            throws IOException {
        List<Socket> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(asks(gateway, name + i, headers));
        }
        return asked;
    }

    private List<Reply> replies(List<Socket> asked) throws Exception {
        List<Future<Reply>> all = new ArrayList<>();
        for (Socket socket : asked) {
            all.add(threads.submit(() -> Reply.of(socket.getInputStream())));
        }
        List<Reply> replies = new ArrayList<>();
        for (Future<Reply> reply : all) {
            replies.add(reply.get());
        }
        return replies;
    }

    private List<Reply> open(TestGateway gateway, int count, String name, String... headers)
            throws Exception {
        List<Reply> replies = replies(ask(gateway, count, name, headers));
        assertThat(replies).extracting(Reply::status).containsOnly(200);
        return replies;
    }

    private void allVanish() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void end(TestGateway gateway) throws IOException {
        allVanish();
        threads.shutdownNow();
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Accept-Encoding: gzip\r\n"})
    void newcomersGetThePlacesOfAllWhoVanished(String header) throws Exception {
        TestGateway small = small(MANY);
        try {
            for (int i = 0; i < 3; i++) {
                open(small, MANY, "round" + i + "-", header);
                allVanish();
            }
            open(small, MANY, "last", header);
            assertThat(small.get("/metrics").body())
                    .contains("tailrace_streams_open{transport=\"sse\"} " + MANY + ".0")
                    .doesNotContain("tailrace_limit_hits_total{limit=\"streams\"} ");
        } finally {
            end(small);
        }
    }

    @Test
    void readersThatAreThereKeepTheirPlacesAndNewcomersAreToldSoon() throws Exception {
        TestGateway small = small(MANY);
        try {
            List<Reply> alive = open(small, MANY, "alive");
            for (Reply reply : replies(ask(small, MANY, "late"))) {
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.head()).containsIgnoringCase("Retry-After: 5\n");
                assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("has 80 streams open, which is all it takes");
            }
            small.lines("logs:acme:x", "for all");
            for (Reply reply : alive) {
                assertThat(heartbeatsBefore(new SseReader(reply.body()), "for all"))
                        .isBetween(2, 30); // two a second while somebody waits, however many do
            }
        } finally {
            end(small);
        }
    }

    private static int heartbeatsBefore(SseReader events, String line) throws IOException {
        int count = 0;
        while (true) {
            SseEvent event = events.next();
            if (event == null) {
                throw new AssertionError("The stream of a reader that was there ended.");
            }
            if (event.id() != null) {
                assertThat(TestStream.message(event)).isEqualTo(line);
                return count;
            }
            count += event.type().equals("heartbeat") ? 1 : 0;
        }
    }

    @Test
    void theVanishedOnesMakeRoomAmongTheLiving() throws Exception {
        TestGateway small = small(2 * MANY);
        try {
            open(small, MANY, "gone");
            List<Socket> gone = List.copyOf(sockets);
            List<Reply> alive = open(small, MANY, "alive");
            for (Socket socket : gone) {
                socket.close();
            }
            open(small, MANY, "new");
            small.lines("logs:acme:x", "still there");
            for (Reply reply : alive) {
                heartbeatsBefore(new SseReader(reply.body()), "still there");
            }
        } finally {
            end(small);
        }
    }

    @Test
    void aCallersOwnVanishedStreamsDoNotShutHimOut() throws Exception {
        TestGateway small = small(100, "--data=" + data, "--max-streams-per-caller=5");
        String hers = "Authorization: Bearer " + alice + "\r\n";
        try {
            open(small, 5, "gone", hers);
            allVanish();
            open(small, 5, "new", hers);
            Reply sixth = replies(ask(small, 1, "sixth", hers)).getFirst();
            assertThat(sixth.status()).isEqualTo(429);
            assertThat(new String(sixth.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("You have 5 streams open, which is all that one caller may have");
        } finally {
            end(small);
        }
    }

    @Test
    void aSessionsVanishedStreamsDoNotShutItOutHoweverManyOthersLeave() throws Exception {
        TestGateway small = small(200);
        try {
            for (int i = 0; i < 3; i++) {
                open(small, 1, "same");
            }
            open(small, MANY, "other");
            allVanish();
            List<Socket> asked = ask(small, 1, "same");
            asked.addAll(ask(small, 1, "same"));
            asked.addAll(ask(small, 1, "same"));
            assertThat(replies(asked)).extracting(Reply::status).containsOnly(200);
            assertThat(replies(ask(small, 1, "same")).getFirst().status()).isEqualTo(429);
        } finally {
            end(small);
        }
    }

    @Test
    void whoeverWaitsIsToldWhenTheGatewayStops() throws Exception {
        TestGateway small = small(1, "--drain-timeout=5s");
        try {
            Reply alive = open(small, 1, "alive").getFirst();
            Socket newcomer = asks(small, "late");
            SseReader events = new SseReader(alive.body());
            for (SseEvent e = events.next(); e != null && !e.type().equals("heartbeat"); ) {
                e = events.next(); // a sign that somebody waits
            }
            small.stop();

            Reply refusal = Reply.of(newcomer.getInputStream());
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.head()).containsIgnoringCase("Retry-After: ");
            assertThat(refusal.head()).containsIgnoringCase("problem+json");
        } finally {
            end(small);
        }
    }
}
