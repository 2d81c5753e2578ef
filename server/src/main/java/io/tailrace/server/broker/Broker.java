package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.NewEntry;
import io.tailrace.server.eventlog.Retention;
import io.tailrace.server.eventlog.StoredEntry;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Appends, then fans out.
 *
 * <p>Publishers encode on their own threads and wait; one writer thread stores all that waits in
 * one append, tells the projections, wakes the subscriptions of the touched channels, and lets the
 * publishers go. When the log refuses, they are told so and the broker goes on.
 */
public final class Broker implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Broker.class.getName());

    private final EventLog log;
    private final Clock clock;
    private final BrokerObserver observer;
    private final Projections projections;
    private final PublishQueue queue;
    private final Fanout fanout;
    private final ChannelQuota quota;
    private final Thread writer;
    // Written by the writer thread.
    private volatile @Nullable String failure;

    /**
     * Starts the writer thread.
     *
     * @param log where entries are kept; the broker does not close it
     * @param projections told of every stored entry, in order, on the writer thread
     */
    public Broker(
            EventLog log,
            BrokerOptions options,
            Clock clock,
            BrokerObserver observer,
            List<Consumer<List<Entry>>> projections) {
        this.log = log;
        this.clock = clock;
        this.observer = observer;
        this.projections = new Projections(log.epoch(), projections);
        this.queue = new PublishQueue(options);
        this.fanout = new Fanout(log, options.tailBytes());
        this.quota = new ChannelQuota(log.channels(), options.maxChannels());
        this.writer = Thread.ofPlatform().name("broker-writer").start(this::write);
    }

    /**
     * Stores events and waits until they are durable.
     *
     * @return the cursor of the last one
     * @throws BrokerException when they were not stored: none of them, unless it says otherwise
     */
    public Cursor publish(List<? extends Event.Published> events) {
        return publish(events, Map.of());
    }

    /**
     * Stores events, and in the same write notes such as up to where their source was read.
     *
     * @param notes see {@link EventLog#putNote}
     * @return the cursor of the last one
     * @throws BrokerException when they were not stored: none of them, and no note
     */
    public Cursor publish(List<? extends Event.Published> events, Map<String, byte[]> notes) {
        return publishEncoded(Encoded.all(events), notes);
    }

    /** The same, for those who had to look at the bytes of their events. */
    public Cursor publishEncoded(List<Encoded> events, Map<String, byte[]> notes) {
        byte[] answer =
                submit(events, null, notes, c -> c.toString().getBytes(StandardCharsets.UTF_8))
                        .await();
        return Cursor.parse(new String(answer, StandardCharsets.UTF_8));
    }

    /**
     * Stores events once: a repeated key stores nothing and gives the answer of the first time.
     *
     * @param answer what to remember, given the cursor of the last event
     * @throws BrokerException when they were not stored: none of them
     */
    public byte[] publishOnce(
            List<? extends Event.Published> events, String key, Function<Cursor, byte[]> answer) {
        return handOver(events, key, answer).get();
    }

    /** Like {@link #publishOnce}, for those who have more: what it gives waits for the answer. */
    public Supplier<byte[]> handOver(
            List<? extends Event.Published> events, String key, Function<Cursor, byte[]> answer) {
        return submit(Encoded.all(events), key, Map.of(), answer)::await;
    }

    /** The same for one event. */
    public Supplier<byte[]> handOver(Encoded event, String key, Function<Cursor, byte[]> answer) {
        return submit(List.of(event), key, Map.of(), answer)::await;
    }

    private Pending submit(
            List<Encoded> events,
            @Nullable String key,
            Map<String, byte[]> notes,
            Function<Cursor, byte[]> answer) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("There is no event to publish.");
        }
        Pending pending = new Pending(events, clock.millis(), key, notes, answer);
        queue.put(pending);
        return pending;
    }

    /** Begins to read; the caller closes it. */
    public Subscription subscribe(List<ChannelPattern> patterns, Start start) {
        return subscribe(Interest.in(patterns), start);
    }

    /** Begins to read what is wanted and allowed; the caller closes it. */
    public Subscription subscribe(Interest interest, Start start) {
        return Subscription.open(fanout, interest, start);
    }

    /** The newest entry that can be read. */
    public Cursor newest() {
        return fanout.cursor(fanout.visible());
    }

    /** The cursor of a position. */
    public Cursor cursor(long position) {
        return fanout.cursor(position);
    }

    /** The entry of a channel at a position; empty when there is none. */
    public Optional<StoredEntry> entry(Channel channel, long position) {
        return position < 1
                ? Optional.empty()
                : fanout.log().read(List.of(channel), position - 1, position, 1, 1).stream()
                        .findFirst();
    }

    /** Whether entries of a channel at a position are no longer kept. */
    public boolean trimmed(Channel channel, long position) {
        return fanout.infos(List.of(channel)).stream().anyMatch(i -> position <= i.trimmedTo());
    }

    /** Whether entries of that channel are taken: it exists, or there may be one more. */
    public boolean admits(Channel channel) {
        return quota.admits(channel);
    }

    /** Channels that exist and match one of the patterns, sorted. */
    public List<Channel> matching(Collection<ChannelPattern> patterns) {
        return fanout.audiences().matching(patterns);
    }

    /** How often memory had what a reader needed, or had it not and the log was read. */
    public long tailReads(boolean hit) {
        return fanout.tailReads(hit);
    }

    /** How many entries wait for the writer. */
    public int backlog() {
        return queue.backlog();
    }

    /** Whether the writer thread lives. */
    public boolean alive() {
        return writer.isAlive();
    }

    /** Why the latest append failed; empty when it did not. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Removes what retention no longer allows. Only one thread calls this. */
    public void trim(Retention retention) {
        fanout.trimming(() -> log.trim(retention, clock.instant()));
    }

    private void write() {
        List<Pending> group = List.of();
        try {
            for (group = queue.take(); !group.isEmpty(); group = queue.take()) {
                commitInTurn(group);
            }
        } finally {
            // Only an error of the machine ends the loop early: nobody may wait for ever.
            var stopped = new BrokerException("The gateway has stopped storing. Restart it.");
            queue.close();
            while (!group.isEmpty()) {
                group.forEach(p -> p.fail(stopped));
                group = queue.take();
            }
        }
    }

    /** A key may come only once in an append: a second one waits for the next. */
    private void commitInTurn(List<Pending> group) {
        Map<String, Pending> keys = new LinkedHashMap<>();
        List<Pending> turn = new ArrayList<>();
        for (Pending pending : group) {
            if (pending.key != null && keys.containsKey(pending.key)) {
                commit(turn);
                keys.clear();
                turn.clear();
            }
            if (pending.key != null) {
                keys.put(pending.key, pending);
            }
            turn.add(pending);
        }
        commit(turn);
    }

    private void commit(List<Pending> group) {
        List<Pending> fresh = new ArrayList<>(group.size());
        try {
            for (Pending pending : group) {
                Optional<byte[]> before =
                        pending.key == null ? Optional.empty() : log.receipt(pending.key);
                before.ifPresentOrElse(pending::complete, () -> fresh.add(pending));
            }
            if (!fresh.isEmpty()) {
                append(fresh);
            }
        } catch (RuntimeException e) {
            refuse(group, e);
        }
    }

    private void append(List<Pending> group) {
        long next = log.newest() + 1;
        var append = new AppendGroup(group, next, fanout::cursor);
        List<NewEntry> batch = append.entries();
        long begin = System.nanoTime();
        long first = log.append(batch, append.receipts(), append.notes());
        long nanos = System.nanoTime() - begin;
        failure = null; // before anybody hears of success
        try { // from here on everything is durable: whatever happens, nobody is told otherwise
            announce(group, batch, first);
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    "What was stored at position %d was not announced.".formatted(first),
                    e);
        } finally {
            append.end(first == next);
        }
        observer.appended(batch.size(), append.bytes(), nanos);
    }

    /** Readers first see what the projections know already, or may know a moment later. */
    private void announce(List<Pending> group, List<NewEntry> batch, long first) {
        List<Frame> frames = new ArrayList<>(batch.size());
        long position = first;
        for (NewEntry entry : batch) {
            frames.add(fanout.frame(entry.at(position++)));
        }
        Collection<Audience> woken = fanout.add(frames);
        projections.tell(group, first);
        woken.forEach(Audience::signal);
    }

    private void refuse(List<Pending> group, RuntimeException cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (failure == null) {
            LOGGER.log(System.Logger.Level.ERROR, "Events cannot be stored: " + reason);
        }
        failure = reason;
        int entries = group.stream().mapToInt(p -> p.entries.size()).sum();
        observer.appendFailed(entries);
        group.forEach(p -> p.fail(new BrokerException("Nothing was stored: " + reason, cause)));
    }

    /** Takes no more events, stores those that wait, and ends the writer. */
    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
