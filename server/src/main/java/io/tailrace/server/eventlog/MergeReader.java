package io.tailrace.server.eventlog;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Reads entries of several channels in order of position: one iterator each, merged by a heap. */
final class MergeReader implements AutoCloseable {

    private final RocksStore store;
    private final long upTo;
    private final List<Source> opened = new ArrayList<>();
    private final PriorityQueue<Source> heap =
            new PriorityQueue<>(Comparator.comparingLong(s -> s.position));

    /** Nothing is read yet. */
    MergeReader(RocksStore store, long upTo) {
        this.store = store;
        this.upTo = upTo;
    }

    /** Reads behind {@code after} from these channels on. */
    MergeReader start(Collection<ChannelState> channels, long after) throws RocksDBException {
        for (ChannelState channel : channels) {
            Source source = new Source(channel);
            opened.add(source);
            source.iterator.seek(
                    StoreFormat.key(channel.number(), Math.max(after, channel.trimmedTo()) + 1));
            if (source.arrived()) {
                heap.add(source);
            }
        }
        return this;
    }

    /** The next entries; at least one when there is one, else at most so many bytes of JSON. */
    List<StoredEntry> take(int maxEntries, long maxBytes) throws RocksDBException {
        List<StoredEntry> result = new ArrayList<>();
        long left = maxBytes;
        Source source = result.size() < maxEntries ? heap.poll() : null;
        while (source != null) {
            StoredEntry entry = source.entry();
            left -= entry.json().length;
            if (left < 0 && !result.isEmpty()) {
                break;
            }
            result.add(entry);
            if (result.size() >= maxEntries || left <= 0) {
                break;
            }
            source = after(source);
        }
        return result;
    }

    /** Stays with the same source while its next entry comes before those of the others. */
    private @Nullable Source after(Source source) throws RocksDBException {
        source.iterator.next();
        if (!source.arrived()) {
            return heap.poll();
        }
        Source other = heap.peek();
        if (other == null || source.position < other.position) {
            return source;
        }
        heap.poll();
        heap.add(source);
        return other;
    }

    @Override
    public void close() {
        opened.forEach(Source::close);
    }

    /** One channel's iterator and the native objects it needs. */
    private final class Source {
        private final ChannelState channel;
        private final Slice end;
        private final ReadOptions options;
        private final RocksIterator iterator;
        private long position;

        Source(ChannelState channel) {
            this.channel = channel;
            this.end = new Slice(StoreFormat.key(channel.number(), upTo + 1));
            this.options = new ReadOptions().setIterateUpperBound(end);
            this.iterator = store.db().newIterator(store.entries(), options);
        }

        boolean arrived() throws RocksDBException {
            if (!iterator.isValid()) {
                iterator.status(); // the end, or damage
                return false;
            }
            position = StoreFormat.position(iterator.key());
            return true;
        }

        StoredEntry entry() {
            return StoreFormat.entry(channel.channel(), position, iterator.value());
        }

        void close() {
            iterator.close();
            options.close();
            end.close();
        }
    }
}
