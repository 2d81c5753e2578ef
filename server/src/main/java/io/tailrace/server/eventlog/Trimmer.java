package io.tailrace.server.eventlog;

import io.tailrace.server.eventlog.ChannelState.Cut;
import io.tailrace.server.eventlog.StoreFormat.Head;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.util.List;
import java.util.Optional;

/** Works out where a channel's kept entries must begin, and removes those before. */
final class Trimmer {

    /** Whole table files are worth looking for from this many removed bytes on. */
    private static final long FILES = 32 << 20;

    private final Retention retention;
    private final long oldestReceived;

    /**
     * By these bounds.
     *
     * @param oldestReceived what the age means now, in milliseconds since 1970
     */
    Trimmer(Retention retention, long oldestReceived) {
        this.retention = retention;
        this.oldestReceived = oldestReceived;
    }

    /** Where the kept entries must begin; empty when nothing must go. */
    Optional<Cut> cut(RocksStore store, ChannelState channel) throws RocksDBException {
        if (channel.firstIndex() == channel.endIndex()) {
            return Optional.empty();
        }
        // Large bounds are never negative indexes: endIndex and endByte only grow from 0.
        long count = retention.count(channel.channel());
        long firstIndex = channel.endIndex() - Math.min(count, channel.endIndex());
        long firstByte = channel.endByte() - Math.min(retention.bytes(), channel.endByte());
        try (ChannelSearch search = new ChannelSearch(store, channel)) {
            Optional<Head> oldest = search.oldest();
            if (oldest.isPresent() && keeps(oldest.get(), firstIndex, firstByte)) {
                return Optional.empty();
            }
            Optional<Head> first =
                    search.first(channel.newest(), e -> keeps(e, firstIndex, firstByte));
            if (first.isEmpty()) {
                return Optional.of(
                        new Cut(channel.newest(), channel.endIndex(), channel.endByte()));
            }
            Head kept = first.get();
            long gone =
                    search.newest(kept.position() - 1)
                            .map(Head::position)
                            .orElse(channel.trimmedTo());
            return Optional.of(new Cut(gone, kept.index(), kept.byteStart()));
        }
    }

    private boolean keeps(Head entry, long firstIndex, long firstByte) {
        return entry.received() >= oldestReceived
                && entry.index() >= firstIndex
                && entry.byteStart() >= firstByte;
    }

    /** Removes what lies before the channel's cut, and says so, in one write. */
    static void remove(RocksStore store, ChannelState trimmed) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            // From 0: what an earlier trim took away with whole files must not come back.
            batch.deleteRange(store.entries(), begin(trimmed), end(trimmed));
            batch.put(store.channels(), trimmed.key(), StoreFormat.channel(trimmed));
            store.commitRelaxed(batch);
        }
    }

    /** Gives whole table files back to the disk at once; the rest goes when tables are merged. */
    static void dropFiles(RocksStore store, ChannelState trimmed, long bytes)
            throws RocksDBException {
        if (bytes >= FILES) {
            store.db()
                    .deleteFilesInRanges(
                            store.entries(), List.of(begin(trimmed), end(trimmed)), false);
        }
    }

    private static byte[] begin(ChannelState channel) {
        return StoreFormat.key(channel.number(), 0);
    }

    private static byte[] end(ChannelState channel) {
        return StoreFormat.key(channel.number(), channel.trimmedTo() + 1);
    }
}
