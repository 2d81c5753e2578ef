package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One append on its way into the database; what it would change is apart until it is stored. */
final class AppendBatch {

    private final RocksStore store;
    private final Map<Channel, ChannelState> known;
    private final Map<Channel, ChannelState> changed = new HashMap<>();
    private final EntryRecords records;
    private int channels;
    private long newest;

    // The channel of the last entries, and what they add to it.
    private @Nullable ChannelState current;
    private long index;
    private long bytes;

    /**
     * Puts entries behind the newest position.
     *
     * @param known every channel there is; not changed here
     */
    AppendBatch(
            RocksStore store,
            Map<Channel, ChannelState> known,
            long newest,
            List<NewEntry> entries) {
        this.store = store;
        this.known = known;
        this.channels = known.size();
        this.newest = newest;
        this.records = new EntryRecords(entries);
        entries.forEach(this::add);
        leave();
    }

    private void add(NewEntry entry) {
        ChannelState channel = current;
        if (channel == null || !channel.channel().equals(entry.channel())) {
            leave();
            channel = state(entry.channel());
            current = channel;
            index = channel.endIndex();
            bytes = channel.endByte();
        }
        records.add(channel.number(), ++newest, entry, index++, bytes);
        bytes += entry.json().length;
    }

    /** What follows is of another channel. */
    private void leave() {
        ChannelState left = current;
        if (left != null) {
            changed.put(left.channel(), left.grown(newest, index, bytes));
        }
    }

    private ChannelState state(Channel channel) {
        ChannelState state = changed.get(channel);
        if (state == null) {
            state = known.get(channel);
        }
        return state == null ? ChannelState.empty(channel, ++channels) : state;
    }

    /** Stores all of it, with what else the write needs. */
    void commit(
            ReceiptBook receipts,
            Map<String, byte[]> answers,
            NoteBook book,
            Map<String, byte[]> notes,
            long now)
            throws RocksDBException {
        try (WriteBatch batch = records.batch()) {
            for (ChannelState state : changed.values()) {
                batch.put(store.channels(), state.key(), StoreFormat.channel(state));
            }
            StoreMeta.putNewest(store, batch, newest);
            book.stage(store, batch, notes);
            ReceiptBook.Range kept = receipts.stage(store, batch, answers, now);
            store.commit(batch);
            receipts.adopt(kept);
            book.adopt(notes);
        }
    }

    Map<Channel, ChannelState> changed() {
        return changed;
    }

    long newest() {
        return newest;
    }
}
