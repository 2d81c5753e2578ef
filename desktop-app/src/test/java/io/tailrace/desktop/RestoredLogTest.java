package io.tailrace.desktop;

import static io.tailrace.desktop.Feeds.end;
import static io.tailrace.desktop.Feeds.pumped;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.server.Gateway;
import io.tailrace.server.settings.Settings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The gateway's log is restored from a backup and grows again: same epoch, same cursors, other
 * entries. The console keeps what it had, gets all that is new, and says what happened.
 */
@Timeout(180)
class RestoredLogTest {

    private static final String TOLD = "an older copy took its place";

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> failures = new ArrayList<>();
    private int port;
    private @Nullable Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        up();
    }

    @AfterEach
    void stop() {
        http.close();
        down();
        assertThat(failures).isEmpty();
    }

    @Test
    void whatGrewAgainIsShownWhileTheConsoleIsConnected() throws Exception {
        publish("kept", 30);
        backUp();
        try (Feed feed = feed()) {
            publish("lost", 40);
            pumped(feed).untilAsserted(() -> assertThat(lines(feed)).hasSize(70));
            restore();
            feed.reconnectNow();
            publish("again", 60); // beyond the cursor of the console
            pumped(feed)
                    .untilAsserted(() ->
                            assertThat(lines(feed))
                                    .containsExactlyElementsOf(
                                            all(
                                                    List.of(
                                                            lines("kept", 30),
                                                            lines("lost", 40),
                                                            lines("again", 60)))));
            assertThat(notices(feed)).hasSize(1);
        }
    }

    @Test
    void whatGrewAgainIsShownAfterRestartsOfTheConsole() throws Exception {
        publish("kept", 30);
        backUp();
        Feed first = feed();
        publish("lost", 40);
        pumped(first).untilAsserted(() -> assertThat(lines(first)).hasSize(70));
        end(first);
        restore();
        publish("again", 60);
        List<String> expected =
                all(List.of(lines("kept", 30), lines("lost", 40), lines("again", 60)));
        for (int start = 0; start < 3; start++) {
            Feed later = feed();
            pumped(later)
                    .untilAsserted(
                            () -> assertThat(lines(later)).containsExactlyElementsOf(expected));
            assertThat(notices(later)).hasSize(1);
            end(later);
        }
        crash();
        Feed last = feed();
        pumped(last)
                .untilAsserted(() -> assertThat(lines(last)).containsExactlyElementsOf(expected));
        end(last);
    }

    @Test
    void aCopyTwiceRestoredHasThreeTales() throws Exception {
        publish("kept", 30);
        backUp();
        Feed feed = feed();
        publish("first", 40);
        pumped(feed).untilAsserted(() -> assertThat(lines(feed)).hasSize(70));
        restore();
        feed.reconnectNow();
        publish("second", 50);
        pumped(feed).untilAsserted(() -> assertThat(lines(feed)).hasSize(120));
        restore();
        feed.reconnectNow();
        publish("third", 60);
        List<String> expected =
                all(
                        List.of(
                                lines("kept", 30),
                                lines("first", 40),
                                lines("second", 50),
                                lines("third", 60)));
        pumped(feed)
                .untilAsserted(() -> assertThat(lines(feed)).containsExactlyElementsOf(expected));
        end(feed);
        Feed later = feed();
        pumped(later)
                .untilAsserted(() -> assertThat(lines(later)).containsExactlyElementsOf(expected));
        end(later);
    }

    @Test
    void aLogThatIsBehindTheConsoleLosesAndDoublesNothing() throws Exception {
        publish("kept", 30);
        backUp();
        try (Feed feed = feed()) {
            publish("lost", 40);
            pumped(feed).untilAsserted(() -> assertThat(lines(feed)).hasSize(70));
            restore();
            feed.reconnectNow();
            publish("again", 5);
            pumped(feed)
                    .untilAsserted(() ->
                            assertThat(lines(feed))
                                    .containsExactlyElementsOf(
                                            all(
                                                    List.of(
                                                            lines("kept", 30),
                                                            lines("lost", 40),
                                                            lines("again", 5)))));
            assertThat(notices(feed)).hasSize(1);
        }
    }

    private static List<String> all(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    private static List<String> lines(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> word + " " + i).toList();
    }

    private void up() {
        gateway =
                Gateway.start(
                        Settings.load(
                                new String[] {"--port=" + port, "--data=" + folder.resolve("data")},
                                Map.of()));
    }

    private void down() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    private void backUp() throws IOException {
        down();
        copy(folder.resolve("data"), folder.resolve("backup"));
        up();
    }

    private void restore() throws IOException {
        down();
        delete(folder.resolve("data"));
        copy(folder.resolve("backup"), folder.resolve("data"));
        up();
    }

    /** The console wrote no file of lines: only the events are there. */
    private void crash() throws IOException {
        delete(folder.resolve("lines"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one)));
            }
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted((a, b) -> b.compareTo(a))
                    .forEach(one -> {
                        try {
                            Files.delete(one);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    private Feed feed() {
        return Feeds.kept(
                Feeds.wanted(URI.create("http://127.0.0.1:" + port), "restored1", "*"),
                folder.resolve("events"),
                10 << 20,
                failures::add,
                LogsModel.keptIn(folder.resolve("lines")));
    }

    private static List<String> lines(Feed feed) {
        return ShownLines.of(feed.models().logs());
    }

    private static List<String> notices(Feed feed) {
        return ShownLines.notices(feed.models().logs()).stream()
                .filter(line -> line.contains(TOLD))
                .toList();
    }

    private void publish(String word, int count) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + port
                                                + "/api/channels/logs:acme:orders/events"))
                        .header("Content-Type", "text/plain")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        String.join("\n", lines(word, count))))
                        .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }
}
