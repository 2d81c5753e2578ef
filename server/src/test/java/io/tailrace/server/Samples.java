package io.tailrace.server;

import static org.assertj.core.api.Assumptions.assumeThat;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;

/** What real producers wrote, where it lies beside the project; tests without it are skipped. */
final class Samples {

    private Samples() {}

    /** A file of the folder {@code shared/data} beside this project or above. */
    static Path file(String name) {
        Path found = null;
        Path folder = Path.of("").toAbsolutePath();
        while (found == null && folder != null) {
            found = existing(folder.resolve("shared/data").resolve(name));
            folder = folder.getParent();
        }
        assumeThat(found).isNotNull();
        return found == null ? Path.of(name) : found;
    }

    private static @Nullable Path existing(Path file) {
        return Files.exists(file) ? file : null;
    }
}
