package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.RunState;
import io.tailrace.model.Subject;
import io.tailrace.server.broker.Missing;
import io.tailrace.server.broker.Subscription;
import io.tailrace.server.runs.RunsSnapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What a reader is told about its own stream. Confined to the reading thread. */
final class Notices {

    private static final int MIN_RETRY = 500;
    private static final int MAX_RETRY = 5_000;

    private final SessionRequest asked;
    private final Carried carried;
    private final StreamContext context;
    private final Channel channel;

    Notices(SessionRequest asked, Carried carried, StreamContext context) {
        this.asked = asked;
        this.carried = carried;
        this.context = context;
        this.channel = Channel.session(asked.id());
    }

    Event.SessionInit begin() {
        return new Event.SessionInit(
                header(channel),
                asked.id(),
                cursor(carried.subscription().position()),
                Patterns.texts(carried.subscription().patterns()),
                context.options().heartbeat().toMillis());
    }

    /** What a reader hears that goes on after a cursor; nothing when it does not. */
    List<Event.Control> resumed(long newest) {
        Cursor after = asked.after();
        if (after == null) {
            return List.of();
        }
        Subscription subscription = carried.subscription();
        List<Event.Control> told = new ArrayList<>();
        told.add(new Event.Resumed(header(channel), after, cursor(newest)));
        if (!subscription.continues(after) && subscription.missingAtStart().isEmpty()) {
            // None of the channels exists in this life: the gap has no channel of its own.
            told.add(gap(new Missing(channel, after, cursor(subscription.position()), "epoch")));
        }
        return told;
    }

    Event.Gap gap(Missing missing) {
        String from = missing.from().toString();
        return new Event.Gap(
                header(missing.channel()), from, missing.to(), missing.reason(), message(missing));
    }

    private String message(Missing missing) {
        return switch (missing.reason()) {
            case "epoch" ->
                    missing.from().epoch().equals(missing.to().epoch())
                            ? "The gateway's log has lost its end, or an older copy took its place;"
                                    + " what it has behind that place follows."
                            : "The gateway's log began a new life; what it still has follows.";
            case "skipped" ->
                    "More came meanwhile than was asked for at once: they are kept and can be"
                            + " fetched.";
            case "limit" ->
                    "This stream carries %,d channels, which is all that one may: this one is not sent. Name fewer, or raise max-channels-per-stream."
                            .formatted(context.options().maxChannels());
            default -> "The gateway no longer keeps these entries.";
        };
    }

    Event.Snapshot snapshot(RunsSnapshot snapshot) {
        List<RunState> runs = snapshot.runs().stream().filter(this::shown).toList();
        return new Event.Snapshot(header(channel), cursor(snapshot.position()), runs);
    }

    private boolean shown(RunState run) {
        return carried.shows(Channel.runs(run.key().workspace(), run.key().workflow()));
    }

    Event.Heartbeat heartbeat() {
        return new Event.Heartbeat(header(channel), context.broker().newest());
    }

    Event.ChannelsChanged changed() {
        return new Event.ChannelsChanged(
                header(channel), Patterns.texts(carried.subscription().patterns()));
    }

    Event.Conflated conflated(Channel about, long from, long to, long entries) {
        return new Event.Conflated(header(about), cursor(from), cursor(to), entries);
    }

    Event.SessionEnd end(Carried.End end) {
        return new Event.SessionEnd(header(channel), end.reason(), end.message());
    }

    /** With a time to wait that is another one for each reader: they do not all come at once. */
    Event.ServerShuttingDown farewell() {
        int retry = ThreadLocalRandom.current().nextInt(MIN_RETRY, MAX_RETRY);
        return new Event.ServerShuttingDown(header(channel), retry);
    }

    Cursor cursor(long position) {
        return context.broker().cursor(position);
    }

    private Header header(Channel about) {
        return Header.of(about, context.clock().instant(), Subject.NONE);
    }
}
