package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.eventlog.NewEntry;
import io.tailrace.server.eventlog.Retention;
import io.tailrace.server.eventlog.StoredEntry;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A log in memory whose appends can be refused or held back. */
public final class FlakyLog implements EventLog {

    private final EventLog log = new MemoryEventLog();

    /** Whether appends are refused, as on a full disk. */
    public volatile boolean full;

    /** Appends wait for it. */
    public volatile CountDownLatch gate = new CountDownLatch(0);

    /** How many reads were asked for. */
    public final AtomicInteger reads = new AtomicInteger();

    /** How many appends were asked for. */
    public volatile int appends;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public long append(
            List<NewEntry> batch, Map<String, byte[]> receipts, Map<String, byte[]> notes) {
        appends++;
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (full) {
            throw new EventLogException("The disk is full: make room.");
        }
        return log.append(batch, receipts, notes);
    }

    @Override
    public String epoch() {
        return log.epoch();
    }

    @Override
    public long newest() {
        return log.newest();
    }

    @Override
    public Optional<byte[]> receipt(String key) {
        return log.receipt(key);
    }

    @Override
    public List<ChannelInfo> channels() {
        return log.channels();
    }

    @Override
    public Optional<ChannelInfo> channel(Channel channel) {
        return log.channel(channel);
    }

    @Override
    public List<StoredEntry> read(
            Collection<Channel> channels, long after, long upTo, int maxEntries, long maxBytes) {
        reads.incrementAndGet();
        return log.read(channels, after, upTo, maxEntries, maxBytes);
    }

    @Override
    public long beforeNewest(Channel channel, long count, long upTo) {
        return log.beforeNewest(channel, count, upTo);
    }

    @Override
    public void trim(Retention retention, Instant now) {
        log.trim(retention, now);
    }

    @Override
    public Optional<byte[]> note(String name) {
        return log.note(name);
    }

    @Override
    public void putNotes(Map<String, byte[]> notes) {
        if (full) {
            throw new EventLogException("The disk is full: make room.");
        }
        log.putNotes(notes);
    }

    @Override
    public void close() {
        log.close();
    }
}
