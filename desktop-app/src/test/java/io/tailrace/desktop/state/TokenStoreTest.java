package io.tailrace.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class TokenStoreTest {

    private static final URI HERE = URI.create("http://127.0.0.1:8787");
    private static final URI THERE = URI.create("https://tail.example");

    @TempDir private Path folder;

    @Test
    void keepsATokenForEachGateway() throws IOException {
        Path file = folder.resolve("new/tokens.json");
        TokenStore store = new TokenStore(file);
        assertThat(store.find(HERE)).isEmpty();
        store.keep(HERE, "one");
        store.keep(THERE, "two");
        store.keep(HERE, "three");
        TokenStore later = new TokenStore(file);
        assertThat(later.find(HERE)).hasValue("three");
        assertThat(later.find(THERE)).hasValue("two");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadIt() throws IOException {
        Path file = Files.writeString(folder.resolve("tokens.json"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        new TokenStore(file).keep(HERE, "secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aBrokenFileHoldsNoToken() throws IOException {
        Path file = Files.writeString(folder.resolve("tokens.json"), "[1,");
        assertThat(new TokenStore(file).find(HERE)).isEmpty();
    }

    @Test
    void saysWhenItCannotKeepAToken() throws IOException {
        Path noFolder = Files.writeString(folder.resolve("file"), "").resolve("tokens.json");
        TokenStore store = new TokenStore(noFolder);
        assertThatThrownBy(() -> store.keep(HERE, "secret"))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret");
    }
}
