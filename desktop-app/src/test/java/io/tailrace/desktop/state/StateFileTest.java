package io.tailrace.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

class StateFileTest {

    @TempDir Path folder;

    @Test
    void theFirstStartHasNoFile() {
        assertThat(file().load()).isEqualTo(WindowState.FIRST);
    }

    @Test
    void whatWasSavedIsLoaded() throws IOException {
        WindowState state =
                WindowState.FIRST
                        .withSize(new WindowState.Size(1234, 777, true))
                        .withPanes(new WindowState.Panes(200, 300, 250, 280))
                        .withLook(new WindowState.Look("light", 15))
                        .withSeenUpTo("e1-42")
                        .withGateway(URI.create("https://tailrace.example/live"));
        StateFile file = new StateFile(folder.resolve("deep/down/console.json"));
        file.save(state);
        assertThat(file.load()).isEqualTo(state);
    }

    @Test
    void savingLeavesNoOtherFileBehind() throws IOException {
        file().save(WindowState.FIRST);
        file().save(WindowState.FIRST.withLook(new WindowState.Look("dark", 14)));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("console.json"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "42",
                "\"text\"",
                "\u0000\u0001\u0002",
                "{\"width\":\"wide\",\"gateway\":7,\"theme\":{},\"fontSize\":null}",
                "{\"gateway\":\"not a url\"}",
                "{\"seenUpTo\":\"nonsense\"}"
            })
    void aFileThatNobodyCanReadMeansAFirstStart(String content) throws IOException {
        Files.writeString(folder.resolve("console.json"), content);
        assertThat(file().load().gateway()).isEqualTo(WindowState.FIRST.gateway());
        assertThat(file().load().seenUpTo()).isEmpty();
        assertThat(file().load().size().width()).isEqualTo(WindowState.FIRST.size().width());
    }

    @Test
    void unreasonableNumbersAreCorrected() throws IOException {
        Files.writeString(
                folder.resolve("console.json"),
                "{\"width\":-5,\"height\":1e300,\"fontSize\":0,\"runsWidth\":\"NaN\"}");
        WindowState state = file().load();
        assertThat(state.size().width()).isEqualTo(640);
        assertThat(state.size().height()).isEqualTo(16_000);
        assertThat(state.look().fontSize()).isEqualTo(9);
        assertThat(state.panes().runsWidth()).isBetween(120.0, 2000.0);
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        Files.writeString(folder.resolve("console.json"), "{\"width\":1000}" + " ".repeat(100_000));
        assertThat(file().load()).isEqualTo(WindowState.FIRST);
    }

    @Test
    void aFolderInItsPlaceIsNoReasonToFail() throws IOException {
        Files.createDirectory(folder.resolve("console.json"));
        assertThat(file().load()).isEqualTo(WindowState.FIRST);
    }

    private StateFile file() {
        return new StateFile(folder.resolve("console.json"));
    }
}
