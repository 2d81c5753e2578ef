package io.tailrace.desktop.state;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The folders that the operating system has for what a program keeps of its user: the XDG Base
 * Directory Specification on Linux, Application Support on macOS, AppData on Windows. Own code
 * because the library for it is no explicit module, and jlink takes no other.
 *
 * @param config settings and remembered state
 * @param logs what went wrong
 * @param cache what was received
 */
record UserFolders(Path config, Path logs, Path cache) {

    private static final String NAME = "tailrace";

    /** Those of this machine and user. */
    static UserFolders here() {
        return of(
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")),
                System.getenv());
    }

    static UserFolders of(String system, Path home, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("windows")) {
            Path roaming = folder(environment.get("APPDATA"), home.resolve("AppData/Roaming"));
            Path local = folder(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"));
            return new UserFolders(
                    roaming.resolve(NAME),
                    local.resolve(NAME).resolve("logs"),
                    local.resolve(NAME).resolve("cache"));
        }
        if (name.contains("mac")) {
            return new UserFolders(
                    home.resolve("Library/Application Support").resolve(NAME),
                    home.resolve("Library/Logs").resolve(NAME),
                    home.resolve("Library/Caches").resolve(NAME));
        }
        Path config = folder(environment.get("XDG_CONFIG_HOME"), home.resolve(".config"));
        Path state = folder(environment.get("XDG_STATE_HOME"), home.resolve(".local/state"));
        Path cache = folder(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"));
        return new UserFolders(config.resolve(NAME), state.resolve(NAME), cache.resolve(NAME));
    }

    /** The specification: a path that is not absolute is to be ignored. */
    private static Path folder(@Nullable String set, Path otherwise) {
        return set != null && Path.of(set).isAbsolute() ? Path.of(set) : otherwise;
    }
}
