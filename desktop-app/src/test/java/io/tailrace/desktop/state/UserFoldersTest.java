package io.tailrace.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

class UserFoldersTest {

    private static final Path HOME = Path.of("/home/ann");

    @Test
    void followsTheXdgSpecificationOnLinux() {
        var standard = UserFolders.of("Linux", HOME, Map.of());
        assertThat(standard.config()).isEqualTo(Path.of("/home/ann/.config/tailrace"));
        assertThat(standard.logs()).isEqualTo(Path.of("/home/ann/.local/state/tailrace"));

        var moved = UserFolders.of("Linux", HOME, Map.of("XDG_CONFIG_HOME", "/etc/ann"));
        assertThat(moved.config()).isEqualTo(Path.of("/etc/ann/tailrace"));
    }

    @Test
    void ignoresARelativeFolderInTheEnvironment() {
        var folders = UserFolders.of("Linux", HOME, Map.of("XDG_CONFIG_HOME", "here"));
        assertThat(folders.config()).isEqualTo(Path.of("/home/ann/.config/tailrace"));
    }

    @Test
    void knowsTheFoldersOfTheOtherSystems() {
        assertThat(UserFolders.of("Mac OS X", HOME, Map.of()).config())
                .isEqualTo(Path.of("/home/ann/Library/Application Support/tailrace"));
        assertThat(UserFolders.of("Windows 11", HOME, Map.of()).logs())
                .isEqualTo(Path.of("/home/ann/AppData/Local/tailrace/logs"));
    }
}
