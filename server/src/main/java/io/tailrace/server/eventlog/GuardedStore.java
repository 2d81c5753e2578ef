package io.tailrace.server.eventlog;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Decides who may use the database when, and opens it anew after a failed write.
 *
 * <p>RocksDB's calls pin the carrier of a virtual thread, so reads of virtual threads are done by a
 * few platform threads here while the virtual one waits; platform threads read for themselves.
 * Writers take turns and write on their own thread. Closing waits for whoever is inside.
 *
 * <p>After a failed write nobody knows what of it is in the write-ahead log, so the database takes
 * no more writes; reads go on. The next write opens it anew and has the owner reconcile what
 * surfaced.
 */
final class GuardedStore implements AutoCloseable {

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path directory;
    private final RocksDbOptions options;
    private final StoreFailures failures;
    private final Work<Boolean> reconcile;
    private final ExecutorService readers;

    // Taken in this order. The first makes writers take turns, the second keeps the store alive.
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock(true);

    // Guarded by life; the second changes only while turn is held too.
    private @Nullable RocksStore store;
    private boolean closed;

    // Guarded by turn.
    private @Nullable RocksDBException failure;
    private boolean readOnly;
    private long retryAt;

    /** Something to do with the open database. */
    interface Work<T> {
        T on(RocksStore store) throws RocksDBException;
    }

    GuardedStore(
            Path directory, RocksDbOptions options, RocksStore store, Work<Boolean> reconcile) {
        this.directory = directory;
        this.options = options;
        this.failures = new StoreFailures(directory);
        this.store = store;
        this.reconcile = reconcile;
        // The queue is bounded by the callers: each waits for its own read.
        this.readers =
                Executors.newFixedThreadPool(
                        options.readThreads(),
                        Thread.ofPlatform().daemon().name("event-log-reader-", 0).factory());
    }

    /** Any thread. */
    <T> T read(Work<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return readHere(work);
        }
        try {
            return readers.submit(() -> readHere(work)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EventLogException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (RejectedExecutionException e) {
            throw failures.closed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogException("The reader of the event log was told to stop.", e);
        }
    }

    private <T> T readHere(Work<T> work) {
        life.readLock().lock();
        try {
            return work.on(open());
        } catch (RocksDBException e) {
            throw failures.reading(e);
        } finally {
            life.readLock().unlock();
        }
    }

    /** Any thread, one after the other; all or nothing of the work's one commit is stored. */
    <T> T write(Work<T> work) {
        turn.lock();
        try {
            recover();
            try {
                return writeHere(work);
            } catch (RocksDBException e) {
                if (!RocksStore.heldBack(e)) {
                    throw failures.writing(e);
                }
            }
            // Nothing of it was written. Opened anew, the database takes it or says what is wrong.
            recover();
            try {
                return writeHere(work);
            } catch (RocksDBException e) {
                throw failures.writing(e);
            }
        } finally {
            turn.unlock();
        }
    }

    private <T> T writeHere(Work<T> work) throws RocksDBException {
        life.readLock().lock();
        try {
            return work.on(open());
        } catch (RocksDBException e) {
            failure = e;
            throw e;
        } finally {
            life.readLock().unlock();
        }
    }

    private RocksStore open() {
        if (closed) {
            throw failures.closed();
        }
        if (store == null) {
            throw new EventLogException(
                    "The event log in %s could not be opened again after a failed write. The next write tries again."
                            .formatted(directory));
        }
        return store;
    }

    private void recover() {
        RocksDBException known = failure;
        if (known == null) {
            return;
        }
        if (retryAt != 0 && System.nanoTime() - retryAt < 0) {
            throw failures.writing(known);
        }
        if (closed) {
            throw failures.closed();
        }
        try {
            RocksStore again = openAgain();
            replace(again).ifPresent(RocksStore::close);
            readOnly = false;
            failure = null;
            retryAt = 0;
        } catch (RocksDBException e) {
            failure = e;
            retryAt = System.nanoTime() + RETRY_NANOS;
            throw failures.writing(e);
        }
    }

    private RocksStore openAgain() throws RocksDBException {
        if (!readOnly) {
            // Closing after an error may take RocksDB seconds: readers have another view meanwhile.
            Optional<RocksStore> failed = replace(viewToRead());
            readOnly = true;
            failed.ifPresent(RocksStore::close);
        }
        RocksStore again = RocksStore.openAgain(directory, options);
        try {
            reconcile.on(again);
            return again;
        } catch (RocksDBException | RuntimeException e) {
            again.close();
            throw e;
        }
    }

    private @Nullable RocksStore viewToRead() {
        try {
            return RocksStore.openToRead(directory, options);
        } catch (RocksDBException e) {
            return null; // said by whoever reads next
        }
    }

    /** Waits for whoever reads; gives back what was open before. */
    private Optional<RocksStore> replace(@Nullable RocksStore next) {
        life.writeLock().lock();
        try {
            RocksStore before = store;
            store = next;
            return Optional.ofNullable(before);
        } finally {
            life.writeLock().unlock();
        }
    }

    /** Damage that was met since it was opened. */
    Optional<String> damage() {
        return failures.damage();
    }

    @Override
    public void close() {
        turn.lock();
        life.writeLock().lock();
        try {
            if (!closed && store != null && !options.sync() && failure == null) {
                store.force();
            }
        } catch (RocksDBException e) {
            throw failures.writing(e);
        } finally {
            closed = true;
            if (store != null) {
                store.close();
                store = null;
            }
            readers.shutdown();
            life.writeLock().unlock();
            turn.unlock();
        }
    }
}
