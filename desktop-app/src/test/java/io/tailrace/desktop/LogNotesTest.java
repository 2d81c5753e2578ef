package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.logs.LogsModel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;

class LogNotesTest {

    @TempDir Path folder;

    @Test
    void eachGatewayHasAFolderOfItsOwn() {
        LogNotes notes = new LogNotes(folder.resolve("config"), folder.resolve("state"));
        try (LogsModel _ = notes.logs(URI.create("http://h/a"), true);
                LogsModel _ = notes.logs(URI.create("http://h-a"), true)) {
            assertThat(folder.resolve("state/lines").toFile().list()).hasSize(2);
        }
    }
}
