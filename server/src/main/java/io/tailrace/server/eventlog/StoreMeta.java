package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the database says about itself: format, epoch, newest position, channels and notes. */
final class StoreMeta {

    private static final byte[] FORMAT = "format".getBytes(UTF_8);
    private static final byte[] EPOCH = "epoch".getBytes(UTF_8);
    private static final byte[] NEWEST = "newest".getBytes(UTF_8);
    private static final String NOTE = "note:";

    private final Path directory;
    private final StoreFailures failures;

    StoreMeta(Path directory) {
        this.directory = directory;
        this.failures = new StoreFailures(directory);
    }

    /** The log's identity; a database without anything in it becomes a log here. */
    String epoch(RocksStore store) throws RocksDBException {
        byte[] format = store.db().get(store.meta(), FORMAT);
        if (format == null) {
            return create(store);
        }
        long version = StoreFormat.number(format);
        if (version > StoreFormat.VERSION) {
            throw new EventLogException(
                    "The event log in %s was written by a newer Tailrace (format %d; this one knows formats up to %d). Start the newer one, or start with another data directory."
                            .formatted(directory, version, StoreFormat.VERSION));
        }
        return new String(required(store, EPOCH), UTF_8);
    }

    /**
     * The epoch, after a look at the witness.
     *
     * @throws EventLogException when acknowledged entries are missing though writes were forced
     */
    String epochAsWitnessed(
            RocksStore store, Acknowledged witness, String epoch, long newest, boolean forced)
            throws RocksDBException {
        OptionalLong acknowledged = witness.read(epoch);
        if (acknowledged.orElse(0) > newest && forced) {
            throw failures.damaged(
                    "its newest entries, %d to %d, are missing, though they were acknowledged (to go on without them delete the file %s there; readers are then told of a gap)"
                            .formatted(newest + 1, acknowledged.getAsLong(), Acknowledged.FILE));
        }
        boolean whole = acknowledged.isPresent() && acknowledged.getAsLong() <= newest;
        if (whole || newest == 0) {
            return epoch;
        }
        // Positions may be given a second time: cursors of the old life must not mean anything.
        String renewed = Epochs.next();
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(store.meta(), EPOCH, renewed.getBytes(UTF_8));
            store.commit(batch);
        }
        return renewed;
    }

    private String create(RocksStore store) throws RocksDBException {
        if (!empty(store, store.entries()) || !empty(store, store.channels())) {
            throw failures.damaged("it has entries but no format");
        }
        String epoch = Epochs.next();
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(store.meta(), FORMAT, StoreFormat.number(StoreFormat.VERSION));
            batch.put(store.meta(), EPOCH, epoch.getBytes(UTF_8));
            putNewest(store, batch, 0);
            store.commit(batch);
        }
        return epoch;
    }

    private static boolean empty(RocksStore store, ColumnFamilyHandle family)
            throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                RocksIterator at = store.db().newIterator(family, options)) {
            at.seekToFirst();
            at.status();
            return !at.isValid();
        }
    }

    long newest(RocksStore store) throws RocksDBException {
        return StoreFormat.number(required(store, NEWEST));
    }

    private byte[] required(RocksStore store, byte[] key) throws RocksDBException {
        byte[] value = store.db().get(store.meta(), key);
        if (value == null) {
            throw failures.damaged("its " + new String(key, UTF_8) + " is missing");
        }
        return value;
    }

    static void putNewest(RocksStore store, WriteBatch batch, long newest) throws RocksDBException {
        batch.put(store.meta(), NEWEST, StoreFormat.number(newest));
    }

    /** Every channel's state. */
    Map<Channel, ChannelState> channels(RocksStore store) throws RocksDBException {
        Map<Channel, ChannelState> channels = new HashMap<>();
        try (ReadOptions options = new ReadOptions();
                RocksIterator at = store.db().newIterator(store.channels(), options)) {
            for (at.seekToFirst(); at.isValid(); at.next()) {
                ChannelState state = StoreFormat.channel(at.key(), at.value());
                channels.put(state.channel(), state);
            }
            at.status();
        }
        return channels;
    }

    /** They are written together, so they fit together, or something is missing. */
    void check(Map<Channel, ChannelState> channels, long newest) {
        long last = channels.values().stream().mapToLong(ChannelState::newest).max().orElse(0);
        if (last != newest) {
            throw failures.damaged(
                    "its newest entry should be at position %d and is at %d"
                            .formatted(newest, last));
        }
    }

    /** Nothing that was acknowledged may be missing after the database was opened anew. */
    void checkSame(
            RocksStore store,
            String epoch,
            Map<Channel, ChannelState> found,
            Map<Channel, ChannelState> known)
            throws RocksDBException {
        if (!epoch.equals(new String(required(store, EPOCH), UTF_8))) {
            throw failures.damaged("another log took its place while it was open");
        }
        for (ChannelState mine : known.values()) {
            ChannelState theirs = found.get(mine.channel());
            if (theirs == null || theirs.newest() < mine.newest()) {
                throw failures.damaged("entries of " + mine.channel() + " are missing");
            }
        }
    }

    static Optional<byte[]> note(RocksStore store, String name) throws RocksDBException {
        byte @Nullable [] value = store.db().get(store.meta(), noteKey(name));
        return Optional.ofNullable(value);
    }

    static void storeNotes(RocksStore store, Map<String, byte[]> notes) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            putNotes(store, batch, notes);
            store.commit(batch);
        }
    }

    static void putNotes(RocksStore store, WriteBatch batch, Map<String, byte[]> notes)
            throws RocksDBException {
        for (Map.Entry<String, byte[]> note : notes.entrySet()) {
            if (note.getValue().length == 0) {
                batch.delete(store.meta(), noteKey(note.getKey()));
            } else {
                batch.put(store.meta(), noteKey(note.getKey()), note.getValue());
            }
        }
    }

    private static byte[] noteKey(String name) {
        return (NOTE + name).getBytes(UTF_8);
    }
}
