package io.tailrace.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.client.StreamItem;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class IncidentFileTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    private static final IncidentFile.Head HEAD =
            new IncidentFile.Head(
                    NOW,
                    URI.create("http://127.0.0.1:8787"),
                    "run acme/nightly/7",
                    "the disk\nwas \"full\" 磁盘",
                    ViewState.FIRST.with("metrics.pinned", List.of("rows/s", "lag")));

    @TempDir Path folder;

    @Test
    void whatWasSavedIsReadByAnotherConsole() throws IOException {
        List<StreamItem> items = items(2_000);
        Path file = folder.resolve("one.tailrace");
        assertThat(IncidentFile.write(file, HEAD, items::forEach)).isEqualTo(2_000);
        assertThat(IncidentFile.head(file)).isEqualTo(HEAD);
        List<StreamItem> read = new ArrayList<>();
        assertThat(IncidentFile.read(file, read::add)).isEmpty();
        assertThat(read).isEqualTo(items);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileThatIsCutGivesItsFirstPartAndSaysSo() throws IOException {
        Path file = folder.resolve("one.tailrace");
        IncidentFile.write(file, HEAD, items(20_000)::forEach);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        List<StreamItem> read = new ArrayList<>();
        assertThat(IncidentFile.read(file, read::add)).contains("cut off");
        assertThat(read).isNotEmpty().hasSizeLessThan(20_000);
    }

    @Test
    void anotherFileIsRefusedInASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "hello");
        assertThatThrownBy(() -> IncidentFile.head(file)).isInstanceOf(IOException.class);
    }

    @Test
    void aStoryThatBreaksLeavesTheFormerFile() throws IOException {
        Path file = folder.resolve("one.tailrace");
        IncidentFile.write(file, HEAD, items(3)::forEach);
        assertThatThrownBy(() ->
                        IncidentFile.write(
                                file,
                                HEAD,
                                _ -> {
                                    throw new IOException("no disk");
                                }))
                .hasMessage("no disk");
        List<StreamItem> read = new ArrayList<>();
        assertThat(IncidentFile.read(file, read::add)).isEmpty();
        assertThat(read).hasSize(3);
    }

    private static List<StreamItem> items(int count) {
        List<StreamItem> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Header header =
                    Header.of(
                            Channel.logs("acme", "nightly"),
                            NOW,
                            Subject.ofRun("acme", "nightly", "7"));
            items.add(
                    new StreamItem.Received(
                            new Entry(
                                    new Cursor("e", i + 1),
                                    new Event.Log(
                                            header, Level.WARN, "line\t" + i + " é\n", null, null)),
                            NOW.plusMillis(i)));
        }
        return items;
    }
}
