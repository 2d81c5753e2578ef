package io.tailrace.client;

import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Ended;
import io.tailrace.client.Opened.Ending;
import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Hands on what arrives, by stream or by page, each entry once, and remembers what must outlive
 * both: how far it got, and whether a snapshot is still due. Confined to the connection's thread,
 * but for the cursor.
 */
final class Intake {

    // No wish of the gateway makes this connection wait longer.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final RootConnectionSettings settings;
    private final Consumer<StreamItem> sink;
    private final ChannelGuard guard;
    private final Trail trail;
    private final Predicate<Channel> mine;

    // Written by the connection's thread, read by anybody.
    private volatile @Nullable Cursor cursor;

    // Where the first stream began, for as long as nothing was received.
    private @Nullable Cursor beginning;
    private @Nullable Cursor lastUnreadable;
    private boolean snapshotDue;
    private @Nullable Ending goodbye;

    Intake(RootConnectionSettings settings, Consumer<StreamItem> sink) {
        this(settings, new ChannelGuard(), _ -> true, sink);
    }

    private Intake(
            RootConnectionSettings settings,
            ChannelGuard guard,
            Predicate<Channel> mine,
            Consumer<StreamItem> sink) {
        this.settings = settings;
        this.guard = guard;
        this.mine = mine;
        this.sink = sink;
        this.trail = new Trail(settings.seen(), settings.after());
        this.cursor = settings.after();
        this.snapshotDue = settings.snapshot();
    }

    /**
     * For what new channels begin with, fetched beside what is received already.
     *
     * @param received patterns of channels whose entries come by themselves
     */
    Intake beside(RootConnectionSettings begin, List<ChannelPattern> received) {
        return new Intake(
                begin,
                guard,
                channel -> received.stream().noneMatch(p -> p.matches(channel)),
                sink);
    }

    /** Where a later feed continues. */
    @Nullable Cursor cursor() {
        return cursor;
    }

    /** Whether this has come as far as another. */
    boolean upTo(Intake other) {
        Cursor here = cursor;
        Cursor there = other.cursor;
        return here != null
                && there != null
                && here.epoch().equals(there.epoch())
                && here.position() >= there.position();
    }

    /** How many entries came again and were not handed on. */
    long doubles() {
        return guard.doubles();
    }

    /** What to ask for next, given what was received so far. */
    FeedRequest.Begin begin(List<ChannelPattern> channels) {
        Cursor last = cursor;
        if (last == null && settings.tail() == 0 && !snapshotDue) {
            last = beginning;
        }
        return new FeedRequest.Begin(settings, channels, last, trail.upTo(last), snapshotDue);
    }

    /** A new stream or page begins. */
    void begins() {
        goodbye = null;
    }

    /** Why the gateway said that it ends this stream or page; null when it did not. */
    @Nullable Ending goodbye() {
        return goodbye;
    }

    /**
     * Takes an event.
     *
     * @throws MalformedEventException when it should have a place in the log but has none
     */
    void take(@Nullable Cursor here, Event event, Instant now) {
        switch (event) {
            case Event.Published published -> received(here, published, now);
            case Event.Control control -> {
                told(control, now);
                cursor = here == null ? cursor : here;
            }
        }
    }

    private void received(@Nullable Cursor here, Event.Published event, Instant now) {
        if (here == null) {
            throw new MalformedEventException(
                    "An event of kind '%s' came without the id of a stored entry."
                            .formatted(event.kind()));
        }
        if (mine.test(event.channel()) && guard.fresh(event.channel(), here)) {
            Entry entry = new Entry(here, event);
            sink.accept(new StreamItem.Received(entry, now));
            trail.add(entry);
        }
        cursor = here; // also when it came again: this is where the stream stands
    }

    private void told(Event.Control control, Instant now) {
        switch (control) {
            case Event.SessionInit init ->
                    beginning = beginning == null ? init.cursor() : beginning;
            case Event.Gap gap -> missed(gap);
            case Event.Snapshot _ -> snapshotDue = false;
            case Event.ServerShuttingDown bye ->
                    goodbye =
                            new Broken(
                                    "The gateway is restarting.",
                                    limited(bye.retry()),
                                    true,
                                    Doubt.NONE);
            case Event.SessionEnd end -> goodbye = new Ended(reason(end));
            // When it does not know them, what is left is forgotten with the next connection.
            case Event.ChannelsChanged changed ->
                    ChannelPattern.known(changed.channels()).ifPresent(this::keep);
            case Event.Conflated _, Event.Resumed _, Event.Heartbeat _ -> {}
        }
        sink.accept(new StreamItem.Told(control, now));
    }

    private static String reason(Event.SessionEnd end) {
        if (end.message() != null) {
            return end.message();
        }
        return switch (end.reason()) {
            case "expired" -> "The token has expired.";
            case "revoked" -> "The token was revoked.";
            default -> "The gateway has ended the session: " + end.reason() + ".";
        };
    }

    /** A log that has forgotten what was received gives the same positions to other entries. */
    private void missed(Event.Gap gap) {
        snapshotDue = settings.snapshot();
        Cursor last = cursor;
        if (gap.reason().equals("epoch")
                && last != null
                && last.epoch().equals(gap.to().epoch())
                && gap.to().position() < last.position()) {
            cursor = gap.to();
            guard.forgetAfter(gap.to());
            trail.forgetAfter(gap.to());
        }
    }

    /** Says so once, and does not ask for the same frame again. */
    void passOver(@Nullable Cursor here, String reason) {
        boolean again =
                here != null
                        && lastUnreadable != null
                        && here.epoch().equals(lastUnreadable.epoch())
                        && here.position() <= lastUnreadable.position();
        if (!again) {
            sink.accept(new StreamItem.Unreadable(reason));
        }
        if (here != null) {
            lastUnreadable = again ? lastUnreadable : here;
            cursor = here;
        }
    }

    /** All before that place was received, whether there was anything or not. */
    void reached(Cursor place) {
        cursor = place;
    }

    /** Channels that are left begin anew when they are named again. */
    void keep(List<ChannelPattern> channels) {
        guard.keep(channel -> channels.stream().anyMatch(p -> p.matches(channel)));
    }

    static Duration limited(long millis) {
        return Duration.ofMillis(Math.clamp(millis, 0, LONGEST.toMillis()));
    }
}
