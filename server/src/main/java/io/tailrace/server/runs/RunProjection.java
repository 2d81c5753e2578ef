package io.tailrace.server.runs;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunTable;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Folds everything the log holds about runs and keeps up with it.
 *
 * <p>{@link #accept} is called by the broker's writer thread, with every batch after it was stored;
 * everything else by any thread. A checkpoint is written now and then on a thread of its own, and
 * on {@link #close}, which must come before the log's.
 */
public final class RunProjection implements Consumer<List<Entry>>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RunProjection.class.getName());
    private static final Duration CHECK = Duration.ofSeconds(30);
    private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(5);
    private static final long AT_MOST_BEHIND = 50_000; // entries to fold again after a crash
    private static final int WINDOW = 5_000;
    private static final long WINDOW_BYTES = 8 << 20;

    private final EventLog log;
    private final ScheduledExecutorService checkpoints =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("runs-checkpoint").factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition folded = lock.newCondition();

    // Guarded by lock.
    private final RunTable table = new RunTable();
    private long position;
    private @Nullable RunsSnapshot snapshot;
    private long unreadable;

    // Of the checkpoint thread; of the closing one afterwards.
    private long checkpointAt;
    private long checkpointNanos = System.nanoTime();

    /** Goes on from the last checkpoint: folds what was stored since, then is ready. */
    public RunProjection(EventLog log) {
        this.log = log;
        RunsSnapshot start = Checkpoint.load(log);
        table.replaceAll(start.runs());
        position = start.position();
        checkpointAt = position;
        catchUp();
        long period = CHECK.toMillis();
        var _ =
                checkpoints.scheduleWithFixedDelay(
                        this::checkpointWhenDue, period, period, TimeUnit.MILLISECONDS);
    }

    /** Folds a batch that was just stored; entries that were folded already are passed over. */
    @Override
    public void accept(List<Entry> batch) {
        lock.lock();
        try {
            for (Entry entry : batch) {
                if (entry.cursor().position() > position) {
                    table.apply(entry);
                    position = entry.cursor().position();
                }
            }
            folded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The state of all runs once it covers a position; entries become readable a moment before they
     * are folded.
     *
     * @param patience how long to wait for that
     * @return empty when the fold did not get there in time
     */
    public Optional<RunsSnapshot> snapshotFrom(long wanted, Duration patience)
            throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (position < wanted) {
                if (nanos <= 0) {
                    return Optional.empty();
                }
                nanos = folded.awaitNanos(nanos);
            }
            return Optional.of(snapshot());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The state of all runs, with the place up to which it is folded. Cheap while nothing changes.
     */
    public RunsSnapshot snapshot() {
        lock.lock();
        try {
            if (snapshot == null || snapshot.position() != position) {
                snapshot = new RunsSnapshot(position, table.runs());
            }
            return snapshot;
        } finally {
            lock.unlock();
        }
    }

    /** The state of one run, if it is known. */
    public Optional<RunState> run(RunKey key) {
        lock.lock();
        try {
            return table.run(key);
        } finally {
            lock.unlock();
        }
    }

    /** How many stored entries could not be read at the start. */
    public long unreadable() {
        lock.lock();
        try {
            return unreadable;
        } finally {
            lock.unlock();
        }
    }

    /** The identity of the log's life that the positions belong to. */
    public String epoch() {
        return log.epoch();
    }

    /** Writes a last checkpoint. */
    @Override
    public void close() {
        checkpoints.shutdown();
        try {
            if (!checkpoints.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "A checkpoint of the runs still runs.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        checkpoint();
    }

    private void catchUp() {
        List<Channel> channels =
                log.channels().stream()
                        .map(ChannelInfo::channel)
                        .filter(c -> c.type().equals("runs") || c.type().equals("logs"))
                        .toList();
        EventParser parser = new EventParser();
        long upTo = log.newest();
        List<StoredEntry> window = log.read(channels, position, upTo, WINDOW, WINDOW_BYTES);
        while (!window.isEmpty()) {
            window.forEach(entry -> fold(entry, parser));
            long after = window.getLast().position();
            window = log.read(channels, after, upTo, WINDOW, WINDOW_BYTES);
        }
        position = upTo;
        if (unreadable > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} stored entries could not be read and are missing in the state of runs.",
                    unreadable);
        }
    }

    private void fold(StoredEntry stored, EventParser parser) {
        try {
            Event event = stored.event(parser);
            table.apply(new Entry(new Cursor(log.epoch(), stored.position()), event));
        } catch (MalformedEventException e) {
            unreadable++;
        }
    }

    private void checkpointWhenDue() {
        long behind = snapshot().position() - checkpointAt;
        boolean old = System.nanoTime() - checkpointNanos > AT_LEAST_EVERY.toNanos();
        if (behind >= AT_MOST_BEHIND || (behind > 0 && old)) {
            checkpoint();
        }
    }

    /** The state stays in memory and in the log when this fails, so the next try is enough. */
    private void checkpoint() {
        RunsSnapshot now = snapshot();
        try {
            if (now.position() != checkpointAt) {
                Checkpoint.store(log, now);
                checkpointAt = now.position();
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The state of runs could not be stored; the next start takes longer.",
                    e);
        }
        checkpointNanos = System.nanoTime();
    }
}
