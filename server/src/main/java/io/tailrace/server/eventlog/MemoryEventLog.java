package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * An event log that forgets everything when it is closed: for tests and throwaway demos.
 *
 * <p>Readers share a lock, appends and trims take it alone.
 */
public final class MemoryEventLog implements EventLog {

    private final String epoch = Epochs.next();
    private final InstantSource clock;
    private final ReceiptLimits limits;
    // Fair: virtual readers in a loop would keep a waiting one off its carrier, and it the writers.
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    // Guarded by lock.
    private final Map<Channel, MemoryChannel> channels = new LinkedHashMap<>();
    private final Map<String, Receipt> receipts = new LinkedHashMap<>(); // oldest first
    private final Map<String, byte[]> notes = new HashMap<>();
    private long newest;
    private boolean closed;

    /** With the system's clock and the default limits. */
    public MemoryEventLog() {
        this(InstantSource.system(), ReceiptLimits.DEFAULT);
    }

    /**
     * An empty log.
     *
     * @param clock tells how old receipts are
     * @param limits how long they are kept
     */
    public MemoryEventLog(InstantSource clock, ReceiptLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long newest() {
        return reading(() -> newest);
    }

    @Override
    public long append(
            List<NewEntry> batch, Map<String, byte[]> answers, Map<String, byte[]> noted) {
        return writing(() -> {
            long first = newest + 1;
            for (NewEntry entry : List.copyOf(batch)) {
                channels.computeIfAbsent(entry.channel(), MemoryChannel::new).add(++newest, entry);
            }
            remember(answers);
            noted.forEach(this::keep);
            return first;
        });
    }

    private void remember(Map<String, byte[]> answers) {
        long now = clock.millis();
        answers.forEach((key, answer) -> {
            receipts.remove(key);
            receipts.put(key, new Receipt(now, answer.clone()));
        });
        var oldest = receipts.values().iterator();
        while (oldest.hasNext()
                && (!limits.keeps(oldest.next().created(), now)
                        || receipts.size() > limits.most())) {
            oldest.remove();
        }
    }

    @Override
    public Optional<byte[]> receipt(String key) {
        return reading(() ->
                Optional.ofNullable(receipts.get(key))
                        .filter(r -> limits.keeps(r.created(), clock.millis()))
                        .map(r -> r.answer().clone()));
    }

    @Override
    public List<ChannelInfo> channels() {
        return reading(() -> channels.values().stream().map(MemoryChannel::info).toList());
    }

    @Override
    public Optional<ChannelInfo> channel(Channel channel) {
        return reading(() -> Optional.ofNullable(channels.get(channel)).map(MemoryChannel::info));
    }

    @Override
    public List<StoredEntry> read(
            Collection<Channel> wanted, long after, long upTo, int maxEntries, long maxBytes) {
        return reading(() -> {
            var sources = new PriorityQueue<>(Comparator.comparingLong(Walk::position));
            for (Channel channel : new LinkedHashSet<>(wanted)) {
                MemoryChannel entries = channels.get(channel);
                int at = entries == null ? 0 : entries.firstBehind(after);
                if (entries != null && at < entries.size()) {
                    sources.add(new Walk(entries, at));
                }
            }
            return merge(sources, upTo, maxEntries, maxBytes);
        });
    }

    private static List<StoredEntry> merge(
            PriorityQueue<Walk> sources, long upTo, int maxEntries, long maxBytes) {
        List<StoredEntry> result = new ArrayList<>();
        long left = maxBytes;
        while (result.size() < maxEntries) {
            Walk walk = sources.poll();
            if (walk == null || walk.position() > upTo) {
                break;
            }
            StoredEntry entry = walk.entry();
            left -= entry.json().length;
            if (left < 0 && !result.isEmpty()) {
                break;
            }
            result.add(entry);
            if (walk.at() + 1 < walk.entries().size()) {
                sources.add(new Walk(walk.entries(), walk.at() + 1));
            }
        }
        return result;
    }

    @Override
    public long beforeNewest(Channel channel, long count, long upTo) {
        return reading(() -> {
            MemoryChannel entries = channels.get(channel);
            long end = Math.min(upTo, newest);
            return entries == null ? end : entries.beforeNewest(count, end);
        });
    }

    @Override
    public void trim(Retention retention, Instant now) {
        writing(() -> {
            long oldest = retention.oldestReceived(now);
            channels.values().forEach(c -> c.trim(retention, oldest));
            return true;
        });
    }

    @Override
    public Optional<byte[]> note(String name) {
        return reading(() -> Optional.ofNullable(notes.get(name)).map(byte[]::clone));
    }

    @Override
    public void putNotes(Map<String, byte[]> changed) {
        writing(() -> {
            changed.forEach(this::keep);
            return true;
        });
    }

    private void keep(String name, byte[] value) {
        if (value.length == 0) {
            notes.remove(name);
        } else {
            notes.put(name, value.clone());
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T reading(Supplier<T> work) {
        return locked(lock.readLock(), work);
    }

    private <T> T writing(Supplier<T> work) {
        return locked(lock.writeLock(), work);
    }

    private <T> T locked(Lock held, Supplier<T> work) {
        held.lock();
        try {
            if (closed) {
                throw new EventLogException("The event log in memory is closed.");
            }
            return work.get();
        } finally {
            held.unlock();
        }
    }

    private record Receipt(long created, byte[] answer) {}

    /** A place in a channel that a reader has come to. */
    private record Walk(MemoryChannel entries, int at) {
        StoredEntry entry() {
            return entries.get(at);
        }

        long position() {
            return entry().position();
        }
    }
}
