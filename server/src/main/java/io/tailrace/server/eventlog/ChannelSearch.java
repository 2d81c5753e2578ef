package io.tailrace.server.eventlog;

import io.tailrace.server.eventlog.StoreFormat.Head;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds places in one channel by seeking, without reading what lies between. */
final class ChannelSearch implements AutoCloseable {

    /** Up to so many steps back are cheaper than a binary search. */
    private static final int STEPS = 256;

    private final ChannelState channel;
    private final Slice begin;
    private final Slice end;
    private final ReadOptions options;
    private final RocksIterator iterator;
    private final byte[] head = new byte[StoreFormat.HEAD];

    /** Sees what is kept of the channel up to its newest entry. */
    ChannelSearch(RocksStore store, ChannelState channel) {
        this.channel = channel;
        this.begin = new Slice(StoreFormat.key(channel.number(), channel.trimmedTo() + 1));
        this.end = new Slice(StoreFormat.key(channel.number(), channel.newest() + 1));
        this.options = new ReadOptions().setIterateLowerBound(begin).setIterateUpperBound(end);
        this.iterator = store.db().newIterator(store.entries(), options);
    }

    /** The oldest kept entry. */
    Optional<Head> oldest() throws RocksDBException {
        iterator.seekToFirst();
        return here();
    }

    /** The newest entry at or before a position. */
    Optional<Head> newest(long upTo) throws RocksDBException {
        iterator.seekForPrev(StoreFormat.key(channel.number(), upTo));
        return here();
    }

    /**
     * The oldest entry that passes a test which all entries behind it pass too.
     *
     * @param upTo looks no further than this position
     */
    Optional<Head> first(long upTo, Predicate<Head> test) throws RocksDBException {
        long low = channel.trimmedTo() + 1;
        long high = Math.min(upTo, channel.newest());
        Optional<Head> found = Optional.empty();
        while (low <= high) {
            long middle = low + (high - low) / 2;
            iterator.seek(StoreFormat.key(channel.number(), middle));
            Optional<Head> entry = here().filter(e -> e.position() <= upTo);
            if (entry.isEmpty()) {
                high = middle - 1;
            } else if (test.test(entry.get())) {
                found = entry;
                high = middle - 1;
            } else {
                low = entry.get().position() + 1;
            }
        }
        return found;
    }

    /** The position from which the newest so many entries up to a position follow. */
    long beforeNewest(long count, long upTo) throws RocksDBException {
        Optional<Head> newest = newest(upTo);
        if (count <= 0 || newest.isEmpty()) {
            return upTo;
        }
        long index = newest.get().index() - count + 1;
        if (index <= channel.firstIndex()) {
            return channel.trimmedTo();
        }
        if (count > STEPS) {
            return first(upTo, e -> e.index() >= index).map(e -> e.position() - 1).orElse(upTo);
        }
        for (long i = 1; i < count && iterator.isValid(); i++) {
            iterator.prev();
        }
        return here().map(e -> e.position() - 1).orElse(channel.trimmedTo());
    }

    private Optional<Head> here() throws RocksDBException {
        if (!iterator.isValid()) {
            iterator.status(); // none, or damage
            return Optional.empty();
        }
        int size = iterator.value(head);
        long position = StoreFormat.position(iterator.key());
        if (size < head.length) {
            throw new EventLogException(
                    "The entry at position %d of %s is cut short: restore a backup."
                            .formatted(position, channel.channel()));
        }
        return Optional.of(StoreFormat.head(ByteBuffer.wrap(head), position));
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        end.close();
        begin.close();
    }
}
