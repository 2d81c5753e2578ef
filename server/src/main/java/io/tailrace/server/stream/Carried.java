package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Interest;
import io.tailrace.server.broker.Start;
import io.tailrace.server.broker.Subscription;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What one reader is sent: the channels it asked for, as far as its caller may read them now.
 *
 * <p>Any thread asks for a change; the reading thread makes it between two reads.
 */
final class Carried implements AutoCloseable {

    private final Broker broker;
    private final Caller caller;
    private final Subscription subscription;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

    // What was asked for last, though it may not be carried yet.
    private volatile List<ChannelPattern> patterns;
    private final int most;
    // As of the grants that are in force; written by the reading thread.
    private volatile Allowed allowed;

    /** Why a stream ends though its reader is there. */
    record End(String reason, String message) {}

    private record Change(List<ChannelPattern> patterns, Start start) {}

    /**
     * Begins to read.
     *
     * @param most how many channels at most
     */
    Carried(Broker broker, Caller caller, List<ChannelPattern> patterns, Start start, int most) {
        this.broker = broker;
        this.caller = caller;
        this.most = most;
        this.patterns = List.copyOf(patterns);
        this.allowed = new Allowed(caller); // before it is asked: a change in between is seen
        this.subscription = broker.subscribe(interest(this.patterns), start);
    }

    private Interest interest(List<ChannelPattern> wanted) {
        return new Interest(wanted, allowed, most);
    }

    Subscription subscription() {
        return subscription;
    }

    Caller caller() {
        return caller;
    }

    /** What was asked for last. */
    List<ChannelPattern> patterns() {
        return patterns;
    }

    /** Asks for other channels, which begin there; those that stay go on. */
    void change(List<ChannelPattern> wanted, Start start) {
        List<ChannelPattern> copy = List.copyOf(wanted);
        patterns = copy;
        changes.add(new Change(copy, start));
        subscription.nudge();
    }

    /** Whether {@link #turn} or {@link #end} has something to do. */
    boolean due(Instant now) {
        return !changes.isEmpty() || allowed.stale() || end(now) != null;
    }

    /**
     * Makes the next change that was asked for. Reading thread.
     *
     * @return what new channels have before the position, to be sent first; null without a change
     */
    @Nullable Subscription turn() {
        Change change = changes.poll();
        if (change == null) {
            return null;
        }
        allowed = new Allowed(caller);
        return subscription.change(interest(change.patterns()), change.start());
    }

    /**
     * Lets go what the caller may not read any more, and takes up, from now on, what he may.
     * Reading thread.
     *
     * @return like {@link #turn}; null when no grant changed
     */
    @Nullable Subscription follow() {
        if (!allowed.stale()) {
            return null;
        }
        allowed = new Allowed(caller);
        return subscription.change(
                interest(subscription.patterns()), new Start.At(broker.newest().position()));
    }

    /** The part of what was read that the caller may have at this moment. Reading thread. */
    Batch permitted(Batch batch) {
        if (!allowed.stale()) {
            return batch;
        }
        return new Batch(
                batch.frames().stream().filter(f -> allowed.test(f.channel())).toList(),
                batch.missing().stream().filter(m -> allowed.test(m.channel())).toList(),
                batch.position(),
                batch.bytes());
    }

    /** Whether this channel's entries are for this reader now. */
    boolean shows(Channel channel) {
        return subscription.patterns().stream().anyMatch(p -> p.matches(channel))
                && allowed.test(channel);
    }

    /** Why the caller may read nothing any more; null while he may. */
    @Nullable End end(Instant now) {
        return caller.ended(now)
                .map(message -> {
                    boolean expired = caller.expires().filter(at -> !now.isBefore(at)).isPresent();
                    return new End(expired ? "expired" : "revoked", message);
                })
                .orElse(null);
    }

    /** Whether something that may be on its way to the reader is not for him any more. */
    boolean revoked(Instant now) {
        return end(now) != null
                || (allowed.stale() && !subscription.channels().stream().allMatch(allowed));
    }

    /** What is known of the stream that sends this. */
    SessionInfo info(
            String id,
            String transport,
            Instant started,
            long conflated,
            long bytes,
            InstantSource clock) {
        OptionalLong since = subscription.waitingSince();
        long age = since.isPresent() ? Math.max(0, clock.millis() - since.getAsLong()) : 0;
        return new SessionInfo(
                id,
                caller.name(),
                transport,
                Patterns.texts(patterns),
                started,
                broker.cursor(subscription.reached()),
                subscription.lag(),
                Duration.ofMillis(age),
                conflated,
                bytes);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
