package io.tailrace.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The keyring's command is played by a script that keeps what it is given in a file. */
@DisabledOnOs(OS.WINDOWS)
class KeyringTest {

    private static final URI HERE = URI.create("http://127.0.0.1:8787");

    @TempDir Path folder;

    @Test
    void aTokenGoesIntoTheKeyringByStandardInputOnly() throws IOException {
        tool(
                """
                echo "$@" >> %1$s/calls
                if [ "$1" = store ]; then cat > %1$s/secret; else cat %1$s/secret 2>/dev/null || exit 1; fi
                """);
        Tokens tokens = tokens();
        assertThat(tokens.place()).contains("keyring");
        assertThat(tokens().find(HERE)).isEmpty();
        tokens.keep(HERE, "secret-1");
        assertThat(tokens().find(HERE)).hasValue("secret-1");
        assertThat(Files.readString(folder.resolve("calls"))).doesNotContain("secret-1");
        assertThat(folder.resolve("tokens.json")).doesNotExist();
    }

    @Test
    void aKeyringThatRefusesLeavesTheFileAndSaysSo() throws IOException {
        tool("cat > /dev/null; echo 'is locked' >&2; exit 1");
        Tokens tokens = tokens();
        tokens.keep(HERE, "secret-2");
        assertThat(tokens.place()).contains("unencrypted").contains("tokens.json");
        assertThat(tokens.find(HERE)).hasValue("secret-2");
        assertThat(tokens().find(HERE)).hasValue("secret-2"); // after a restart, too
    }

    @Test
    void withoutASessionThereIsNoKeyring() {
        Map<String, String> none = Map.of("PATH", folder.toString());
        assertThat(Tokens.of(none, new TokenStore(folder.resolve("tokens.json"))).place())
                .contains("unencrypted");
    }

    private Tokens tokens() {
        return Tokens.of(
                Map.of("PATH", folder.toString(), "DBUS_SESSION_BUS_ADDRESS", "unix:path=/x"),
                new TokenStore(folder.resolve("tokens.json")));
    }

    private void tool(String script) throws IOException {
        Path tool = folder.resolve("secret-tool");
        Files.writeString(tool, "#!/bin/sh\n" + script.formatted(folder));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }
}
