package io.tailrace.desktop;

import static io.tailrace.desktop.Feeds.pumped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.server.Gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The disk under everything that the console keeps is really full, and then it is not. */
@Timeout(180)
class FullDiskTest {

    private static final int SOME = 10_000;

    @TempDir Path folder;

    private final Gateway gateway = Gateways.inMemory();
    private final URI address = Gateways.address(gateway);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private SmallDisk disk;
    private int published;

    @BeforeEach
    void mount() throws IOException {
        var mounted = SmallDisk.mount(folder.resolve("disk"), 24);
        assumeTrue(mounted.isPresent(), "Only root can mount.");
        disk = mounted.orElseThrow();
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        gateway.close();
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void theConsoleGoesOnFromMemorySaysSoAndHasAllAfterwards() throws Exception {
        Feed first = feed();
        more(first);
        assertThat(told).isEmpty();

        Path filler = disk.fill();
        more(first);
        more(first);
        assertThat(told).singleElement().asString().contains("can no longer be kept on disk");
        assertThat(first.models().logs().statusProperty().get().notice())
                .contains("cannot be written to the disk", "fewer of them are held");
        assertThat(first.status().gaps().get()).isZero();
        end(first);

        told.clear();
        Files.delete(filler);
        Feed next = feed();
        hasAll(next);
        more(next);
        assertThat(told).as("nothing was torn").isEmpty();
        assertThat(next.status().gaps().get()).isZero();
        end(next);
        assertThat(broken()).isEmpty();
    }

    @Test
    void linesThatWereRefusedAreWrittenWhenThereIsSpaceAgain() throws Exception {
        Feed first = feed();
        more(first);
        Path filler = disk.fill();
        more(first);
        Files.delete(filler);
        more(first);
        end(first);
        gateway.close();

        Feed later = feed();
        hasAll(later);
        end(later);
    }

    @Test
    void aStartOnAFullDiskShowsWhatWasKeptAndWhatComes() throws Exception {
        Feed first = feed();
        more(first);
        end(first);

        Path filler = disk.fill();
        Feed second = feed();
        hasAll(second);
        more(second);
        end(second);

        told.clear();
        Files.delete(filler);
        Feed third = feed();
        hasAll(third);
        assertThat(told).isEmpty();
        end(third);
        assertThat(broken()).isEmpty();
    }

    @Test
    void aStateFileThatCannotBeReplacedStaysAsItWas() throws Exception {
        StateFile file = new StateFile(disk.path().resolve("console.json"), told::add);
        WindowState before = WindowState.FIRST;
        file.save(before);

        Path filler = disk.fill();
        assertThatThrownBy(() -> file.save(before)).isInstanceOf(IOException.class);
        assertThat(file.load()).isEqualTo(before);

        Files.delete(filler);
        file.save(before);
        assertThat(file.load()).isEqualTo(before);
        assertThat(told).isEmpty();
    }

    private Feed feed() {
        return Feeds.kept(
                Feeds.wanted(address, "full1", "*"),
                disk.path().resolve("events"),
                12 << 20,
                told::add,
                ShownLines.kept(disk.path().resolve("lines")));
    }

    private static void end(Feed feed) {
        feed.close();
        feed.models().logs().close(); // waits
        feed.connection().awaitEnd(10_000);
    }

    /** More lines are published, and shown. */
    private void more(Feed feed) throws Exception {
        pumped(feed).until(() -> feed.status().standing().get() == Standing.CONNECTED);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SOME; i++) {
            text.append("line ").append(published++).append('\n');
        }
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/api/channels/logs:acme:orders/events"))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(text.toString()))
                        .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(300);
        hasAll(feed);
    }

    /** Each line once, in their order. */
    private void hasAll(Feed feed) {
        pumped(feed).until(() -> feed.models().logs().statusProperty().get().held() >= published);
        pumped(feed).until(() -> !ShownLines.writing(feed.models().logs()));
        assertThat(ShownLines.of(feed.models().logs()))
                .isEqualTo(IntStream.range(0, published).mapToObj(i -> "line " + i).toList());
    }

    private List<Path> broken() throws IOException {
        try (Stream<Path> all = Files.walk(disk.path())) {
            return all.filter(file -> file.toString().endsWith(".broken")).toList();
        }
    }
}
