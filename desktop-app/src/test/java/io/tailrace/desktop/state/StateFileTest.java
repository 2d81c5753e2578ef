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
                        .withWindow(1234, 777, true)
                        .withSizes(200, 300, 250, 280)
                        .withLook("light", 15)
                        .withSeenUpTo("e1-42")
                        .withGateway(URI.create("https://tailrace.example/live"));
        StateFile file = new StateFile(folder.resolve("deep/down/console.json"));
        file.save(state);
        assertThat(file.load()).isEqualTo(state);
    }

    @Test
    void savingLeavesNoOtherFileBehind() throws IOException {
        file().save(WindowState.FIRST);
        file().save(WindowState.FIRST.withLook("dark", 14));
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
        assertThat(file().load().width()).isEqualTo(WindowState.FIRST.width());
    }

    @Test
    void unreasonableNumbersAreCorrected() throws IOException {
        Files.writeString(
                folder.resolve("console.json"),
                "{\"width\":-5,\"height\":1e300,\"fontSize\":0,\"runsWidth\":\"NaN\"}");
        WindowState state = file().load();
        assertThat(state.width()).isEqualTo(640);
        assertThat(state.height()).isEqualTo(16_000);
        assertThat(state.fontSize()).isEqualTo(9);
        assertThat(state.runsWidth()).isBetween(120.0, 2000.0);
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
