package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;
import io.tailrace.server.eventlog.ChannelState.Cut;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The embedded, durable event log, in a directory of its own.
 *
 * <p>Entries lie by channel, then position, so reading few of many channels is fast. An append is
 * one atomic write of entries, channels, receipts and the newest position, forced to the disk
 * before it returns. What memory knows of channels moves only after a write succeeded and is the
 * truth while the log is open.
 *
 * <p>{@link #append}, {@link #trim}, {@link #putNote} and {@link #close} write on the caller's
 * thread, which should be a platform thread: RocksDB pins the carrier of a virtual one. Reads may
 * come from any thread; those of virtual threads are done by a small pool.
 */
public final class RocksDbEventLog implements EventLog {

    private final Path directory;
    private final RocksDbOptions options;
    private final InstantSource clock;
    private final LongSupplier usableSpace;
    private final String epoch;
    private final GuardedStore guard;
    private final ReceiptBook receipts;
    private final NoteBook noteBook = new NoteBook();
    private final Acknowledged witness;
    private final ReentrantLock trimming = new ReentrantLock(true);

    // Written by the writer whose turn it is; the channels before the newest position, so that a
    // reader of the latter finds all its entries through the former.
    private final Map<Channel, ChannelState> channels = new ConcurrentHashMap<>();
    private volatile long newest;

    private RocksDbEventLog(
            Path directory,
            RocksDbOptions options,
            InstantSource clock,
            LongSupplier usableSpace,
            RocksStore store)
            throws RocksDBException {
        this.directory = directory;
        this.options = options;
        this.clock = clock;
        this.usableSpace = usableSpace;
        this.receipts = new ReceiptBook(options.receipts());
        StoreMeta meta = new StoreMeta(directory);
        String found = meta.epoch(store);
        this.newest = meta.newest(store);
        this.channels.putAll(meta.channels(store));
        meta.check(channels, newest);
        this.receipts.load(store);
        this.witness = Acknowledged.open(directory);
        try {
            this.epoch = meta.epochAsWitnessed(store, witness, found, newest, options.sync());
        } catch (RocksDBException | RuntimeException e) {
            witness.close();
            throw e;
        }
        this.witness.write(epoch, newest);
        this.guard = new GuardedStore(directory, options, store, this::reconcile);
    }

    /**
     * Opens the log in a directory, or begins one where there is none.
     *
     * @param directory for this log alone
     * @param options how much memory and disk to use
     * @param clock tells how old receipts are
     * @throws EventLogException when the directory cannot be used, is in use, or holds a damaged or
     *     newer log; nothing is ever deleted
     */
    public static RocksDbEventLog open(
            Path directory, RocksDbOptions options, InstantSource clock) {
        StoreDirectory.prepare(directory);
        return open(directory, options, clock, StoreDirectory.usableSpace(directory));
    }

    static RocksDbEventLog open(
            Path directory, RocksDbOptions options, InstantSource clock, LongSupplier usableSpace) {
        StoreDirectory.prepare(directory);
        RocksStore store;
        try {
            store = RocksStore.open(directory, options);
        } catch (RocksDBException e) {
            throw new StoreFailures(directory).opening(e);
        }
        try {
            return new RocksDbEventLog(directory, options, clock, usableSpace, store);
        } catch (RocksDBException e) {
            store.close();
            throw new StoreFailures(directory).opening(e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long newest() {
        return newest;
    }

    @Override
    public long append(
            List<NewEntry> batch, Map<String, byte[]> answers, Map<String, byte[]> notes) {
        requireSpace();
        return guard.write(store -> append(store, batch, answers, notes));
    }

    private long append(
            RocksStore store,
            List<NewEntry> entries,
            Map<String, byte[]> answers,
            Map<String, byte[]> notes)
            throws RocksDBException {
        long first = newest + 1;
        AppendBatch append = new AppendBatch(store, channels, newest, entries);
        append.commit(receipts, answers, noteBook, notes, clock.millis());
        channels.putAll(append.changed());
        newest = append.newest();
        witness.write(epoch, newest);
        return first;
    }

    private void requireSpace() {
        long usable = usableSpace.getAsLong();
        if (usable < options.reserveBytes()) {
            throw new EventLogException(
                    "The disk of %s is full: %d MiB are free and %d MiB are kept in reserve. Nothing was stored. Free some space or shorten retention; the gateway then goes on by itself."
                            .formatted(directory, usable >> 20, options.reserveBytes() >> 20));
        }
    }

    @Override
    public Optional<byte[]> receipt(String key) {
        return guard.read(store -> receipts.find(store, key, clock.millis()));
    }

    @Override
    public List<ChannelInfo> channels() {
        return channels.values().stream().map(ChannelState::info).toList();
    }

    @Override
    public Optional<ChannelInfo> channel(Channel channel) {
        return Optional.ofNullable(channels.get(channel)).map(ChannelState::info);
    }

    @Override
    public List<StoredEntry> read(
            Collection<Channel> wanted, long after, long upTo, int maxEntries, long maxBytes) {
        long end = Math.min(upTo, newest); // first: what is behind may be half there
        long begin = Math.max(0, after);
        if (begin >= end) {
            return List.of();
        }
        List<ChannelState> states =
                new LinkedHashSet<>(wanted)
                        .stream()
                                .map(channels::get)
                                .filter(Objects::nonNull)
                                .filter(state -> state.newest() > begin)
                                .toList();
        if (states.isEmpty()) {
            return List.of();
        }
        return guard.read(store -> {
            try (MergeReader reader = new MergeReader(store, end)) {
                return reader.start(states, begin).take(maxEntries, maxBytes);
            }
        });
    }

    @Override
    public long beforeNewest(Channel channel, long count, long upTo) {
        long end = Math.min(upTo, newest);
        ChannelState state = channels.get(channel);
        if (state == null) {
            return end;
        }
        return guard.read(store -> {
            try (ChannelSearch search = new ChannelSearch(store, state)) {
                return search.beforeNewest(count, end);
            }
        });
    }

    @Override
    public void trim(Retention retention, Instant now) {
        Trimmer trimmer = new Trimmer(retention, retention.oldestReceived(now));
        trimming.lock();
        try {
            for (ChannelState state : List.copyOf(channels.values())) {
                Optional<Cut> cut = guard.read(store -> trimmer.cut(store, state));
                cut.ifPresent(c -> guard.write(store -> remove(store, state.channel(), c)));
            }
        } finally {
            trimming.unlock();
        }
    }

    /** Says first that entries are gone, so that nobody misses them without knowing. */
    private boolean remove(RocksStore store, Channel channel, Cut cut) throws RocksDBException {
        ChannelState before = Objects.requireNonNull(channels.get(channel));
        ChannelState trimmed = before.trimmed(cut);
        channels.put(channel, trimmed);
        try {
            Trimmer.remove(store, trimmed);
        } catch (RocksDBException e) {
            channels.put(channel, before);
            throw e;
        }
        Trimmer.dropFiles(store, trimmed, before.info().bytes() - trimmed.info().bytes());
        return true;
    }

    /** Takes back what failed writes left in the database, so that it agrees with memory. */
    private boolean reconcile(RocksStore store) throws RocksDBException {
        StoreMeta meta = new StoreMeta(directory);
        Map<Channel, ChannelState> found = meta.channels(store);
        meta.checkSame(store, epoch, found, channels);
        try (WriteBatch batch = new WriteBatch()) {
            for (ChannelState state : found.values()) {
                reconcile(store, batch, state);
            }
            StoreMeta.putNewest(store, batch, newest);
            receipts.undo(store, batch);
            noteBook.undo(store, batch);
            store.commit(batch);
        }
        return true;
    }

    private void reconcile(RocksStore store, WriteBatch batch, ChannelState found)
            throws RocksDBException {
        if (found.newest() > newest) {
            batch.deleteRange(
                    store.entries(),
                    StoreFormat.key(found.number(), newest + 1),
                    StoreFormat.key(found.number(), found.newest() + 1));
        }
        ChannelState mine = channels.get(found.channel());
        if (mine == null) {
            batch.delete(store.channels(), found.key());
            return;
        }
        if (found.trimmedTo() > mine.trimmedTo()) {
            mine = mine.trimmed(found.cut()); // that trim did get through
            channels.put(found.channel(), mine);
        }
        batch.put(store.channels(), mine.key(), StoreFormat.channel(mine));
    }

    @Override
    public Optional<byte[]> note(String name) {
        return guard.read(store -> StoreMeta.note(store, name));
    }

    @Override
    public void putNotes(Map<String, byte[]> notes) {
        guard.write(store -> {
            StoreMeta.storeNotes(store, notes);
            noteBook.stored(notes);
            return true;
        });
    }

    @Override
    public Optional<String> damage() {
        return guard.damage();
    }

    /** For tests: the way to the database itself, to make its writes fail. */
    GuardedStore guard() {
        return guard;
    }

    @Override
    public void close() {
        guard.close();
        witness.close();
    }
}
