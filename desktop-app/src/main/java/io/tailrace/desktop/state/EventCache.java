package io.tailrace.desktop.state;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.StreamItem;
import io.tailrace.model.Cursor;
import io.tailrace.wire.Seen;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What was received of one gateway, kept on disk so that the next start shows it before the network
 * answers, and goes on behind it. Its last entry is the cursor: both are written together, so that
 * nothing is lost and nothing doubled, whenever the console ends. One console at a time keeps it.
 *
 * <p>{@link #replay} once, then {@link #keep} for each item, both on the connection's thread.
 */
public final class EventCache implements AutoCloseable {

    /** How many bytes are kept of a gateway. */
    public static final long MAX_BYTES = 96L << 20;

    private static final int PATIENCE = 50; // tenths of a second

    private final FileChannel lock;
    private final CacheFiles files;
    private final CacheWriter writer;
    private final Past past = new Past();

    private EventCache(FileChannel lock, CacheFiles files, Consumer<String> told) {
        this.lock = lock;
        this.files = files;
        this.writer = new CacheWriter(files, told);
    }

    /**
     * Opens the cache of a folder, which need not exist yet.
     *
     * @param maxBytes how many bytes are kept; the oldest give way
     * @param told what people should know, a sentence; called from any thread
     * @return nothing when another console keeps it, or when the folder cannot be used
     */
    public static Optional<EventCache> open(Path folder, long maxBytes, Consumer<String> told) {
        try {
            CacheFiles files = CacheFiles.in(folder, maxBytes, told);
            FileChannel lock =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (locked(lock)) {
                return Optional.of(new EventCache(lock, files, told));
            }
            lock.close();
            told.accept(text("state.cache.elsewhere"));
        } catch (IOException e) {
            told.accept(text("state.cache.none", folder, String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    /** The console that was in this window before may still write its last lines. */
    private static boolean locked(FileChannel lock) throws IOException {
        for (int i = 0; i < PATIENCE; i++) {
            try {
                return lock.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        return false;
    }

    /**
     * Hands on everything that is kept, oldest first; blocks as long as the taker does.
     *
     * @return whether there was anything
     */
    public boolean replay(Consumer<StreamItem> taker) {
        files.read(item -> {
            if (past.take(item)) {
                writer.fold(item);
                taker.accept(item);
            }
        });
        writer.start();
        return past.place() != null;
    }

    /**
     * Takes an item that was received.
     *
     * @return false for an entry that was there before: it is not to be shown again
     */
    public boolean keep(StreamItem item) {
        boolean fresh = past.take(item);
        if (fresh) {
            writer.put(item);
        }
        return fresh;
    }

    /** What the connection continues after; null when nothing is kept. */
    public @Nullable Cursor place() {
        return past.place();
    }

    /** Marks of what was received, by which the gateway tells whether its log is the same. */
    public List<Seen> seen() {
        return past.seen();
    }

    /** The patterns that were received last; none when that is not known. */
    public List<String> channels() {
        return past.channels();
    }

    /**
     * Reads everything that is kept, beside what is being written; on any thread but FX.
     *
     * @throws IOException when the files cannot be read
     */
    public void copy(Consumer<StreamItem> taker) throws IOException {
        writer.flushed();
        files.copy(taker);
    }

    /** Writes what waits, at most for some seconds, and lets another console have the cache. */
    @Override
    public void close() {
        writer.close();
        try {
            lock.close();
        } catch (IOException e) {
            // the lock ends with the process
        }
    }
}
