package io.tailrace.server.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * How much of the disk the log takes. Looks at the files at most every few seconds. Thread-safe.
 */
public final class StoreSize implements LongSupplier {

    private static final long FRESH_NANOS = 5_000_000_000L;

    private final Path directory;
    // Guarded by this.
    private long bytes = -1;
    private long looked;

    /** Of the files in that directory and below. */
    public StoreSize(Path directory) {
        this.directory = directory;
    }

    @Override
    public synchronized long getAsLong() {
        if (bytes < 0 || System.nanoTime() - looked > FRESH_NANOS) {
            bytes = look();
            looked = System.nanoTime();
        }
        return bytes;
    }

    private long look() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(StoreSize::size).sum();
        } catch (IOException | UncheckedIOException e) {
            return Math.max(0, bytes); // files come and go: the size of before will do
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0; // gone by now, as files of the log may be
        }
    }
}
