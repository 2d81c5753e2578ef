package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;

import java.util.ArrayList;
import java.util.List;

/** The kept entries of one channel, oldest first; {@link MemoryEventLog} holds the lock. */
final class MemoryChannel {

    private final Channel channel;
    private final List<StoredEntry> entries = new ArrayList<>();
    private long trimmedTo;
    private long newest;
    private long bytes;

    MemoryChannel(Channel channel) {
        this.channel = channel;
    }

    void add(long position, NewEntry entry) {
        entries.add(
                new StoredEntry(channel, position, entry.kind(), entry.received(), entry.json()));
        newest = position;
        bytes += entry.json().length;
    }

    ChannelInfo info() {
        return new ChannelInfo(channel, trimmedTo, newest, entries.size(), bytes);
    }

    int size() {
        return entries.size();
    }

    StoredEntry get(int index) {
        return entries.get(index);
    }

    /** The index of the first entry behind a position; the size when there is none. */
    int firstBehind(long position) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).position() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    long beforeNewest(long count, long upTo) {
        int end = firstBehind(upTo);
        if (count <= 0 || end == 0) {
            return upTo;
        }
        return entries.get((int) Math.max(0, end - count)).position() - 1;
    }

    void trim(Retention retention, long oldestReceived) {
        int gone = 0;
        while (gone < entries.size()) {
            StoredEntry oldest = entries.get(gone);
            if (oldest.received() >= oldestReceived
                    && bytes <= retention.bytes()
                    && entries.size() - gone <= retention.count(channel)) {
                break;
            }
            trimmedTo = oldest.position();
            bytes -= oldest.json().length;
            gone++;
        }
        entries.subList(0, gone).clear();
    }
}
