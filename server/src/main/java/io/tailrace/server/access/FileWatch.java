package io.tailrace.server.access;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells within a second when files change. Looks instead of asking the system to tell: that works
 * on every file system and with the links that container platforms swap. Thread-safe.
 */
public final class FileWatch implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(FileWatch.class.getName());
    private static final Duration PERIOD = Duration.ofMillis(300);

    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("file-watch").factory());

    /** Starts to look. */
    public FileWatch() {
        long millis = PERIOD.toMillis();
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> watched.forEach(Watched::look),
                        millis,
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    /**
     * From now on calls {@code changed} after the file was changed, made or removed. What that
     * throws is logged, and it is called again after the next change.
     */
    public void watch(Path file, Runnable changed) {
        watched.add(new Watched(file, changed));
    }

    /** Stops. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** One file; confined to the thread after construction. */
    private static final class Watched {
        private final Path file;
        private final Runnable changed;
        private State last;
        private @Nullable State complained;

        Watched(Path file, Runnable changed) {
            this.file = file;
            this.changed = changed;
            last = State.of(file);
        }

        void look() {
            State now = State.of(file);
            if (now.equals(last)) {
                return;
            }
            try {
                changed.run();
                last = now; // otherwise it is tried again
            } catch (RuntimeException e) {
                if (!now.equals(complained)) {
                    LOGGER.log(
                            System.Logger.Level.WARNING,
                            "A changed file is not used: " + e.getMessage());
                }
                complained = now;
            }
        }
    }

    private record State(long modified, long size, @Nullable Object key) {
        static State of(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new State(
                        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        attributes.size(),
                        attributes.fileKey());
            } catch (IOException e) {
                return new State(-1, -1, null);
            }
        }
    }
}
