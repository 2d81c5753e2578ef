package io.tailrace.server.search;

import io.tailrace.model.Channel;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.NewEntry;
import io.tailrace.server.eventlog.Retention;
import io.tailrace.server.eventlog.StoredEntry;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A log as somebody sees it who may see some of its channels: the others seem to have no entries.
 * Only for reading. Thread-safe when the predicate is, which is asked each time.
 */
public final class VisibleLog implements EventLog {

    private final EventLog log;
    private final Predicate<Channel> visible;

    /** The part of a log that the predicate lets through. */
    public VisibleLog(EventLog log, Predicate<Channel> visible) {
        this.log = log;
        this.visible = visible;
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
    public List<ChannelInfo> channels() {
        return log.channels().stream().filter(info -> visible.test(info.channel())).toList();
    }

    @Override
    public Optional<ChannelInfo> channel(Channel channel) {
        return visible.test(channel) ? log.channel(channel) : Optional.empty();
    }

    @Override
    public List<StoredEntry> read(
            Collection<Channel> channels, long after, long upTo, int maxEntries, long maxBytes) {
        List<Channel> seen = channels.stream().filter(visible).toList();
        return seen.isEmpty() ? List.of() : log.read(seen, after, upTo, maxEntries, maxBytes);
    }

    @Override
    public long beforeNewest(Channel channel, long count, long upTo) {
        return visible.test(channel) ? log.beforeNewest(channel, count, upTo) : upTo;
    }

    @Override
    public long append(
            List<NewEntry> batch, Map<String, byte[]> receipts, Map<String, byte[]> notes) {
        throw readOnly();
    }

    @Override
    public Optional<byte[]> receipt(String key) {
        throw readOnly();
    }

    @Override
    public void trim(Retention retention, Instant now) {
        throw readOnly();
    }

    @Override
    public Optional<byte[]> note(String name) {
        throw readOnly();
    }

    @Override
    public void putNotes(Map<String, byte[]> notes) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("Somebody's view of a log is only for reading.");
    }

    /** Leaves the log open: it belongs to others. */
    @Override
    public void close() {}
}
