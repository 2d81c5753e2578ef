package io.tailrace.server.stream;

import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;
import io.tailrace.server.access.SessionOwners;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Start;
import io.tailrace.server.broker.Subscription;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.runs.RunsSnapshot;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What streams and pages need of the rest of the gateway. Thread-safe.
 *
 * @param snapshots gives the state of runs, folded from every entry up to its position
 * @param places how many streams and pages there may be
 * @param owners whose sessions are
 */
public record StreamContext(
        Broker broker,
        SnapshotSource snapshots,
        SessionRegistry registry,
        StreamLimits places,
        SessionOwners owners,
        SessionOptions options,
        SessionObserver observer,
        Clock clock) {

    static final Duration SNAPSHOT_WAIT = Duration.ofSeconds(5);

    /**
     * Begins to read what somebody asks for.
     *
     * @throws HttpProblem when he may not, or asks for too much
     */
    Carried open(SessionRequest asked, Caller caller) {
        if (asked.named() && !owners.claim(asked.id(), caller.name())) {
            throw new HttpProblem(
                    403,
                    "Forbidden",
                    "Session '%s' belongs to somebody else, or you have too many: choose another id."
                            .formatted(asked.id()));
        }
        check(asked.patterns(), caller);
        return new Carried(
                broker, caller, asked.patterns(), start(asked, caller), options.maxChannels());
    }

    /**
     * Whether a stream may carry this.
     *
     * @throws HttpProblem with a sentence when it may not
     */
    void check(List<ChannelPattern> patterns, Caller caller) {
        Allowed allowed = new Allowed(caller);
        if (patterns.stream().allMatch(p -> p.literal() && !allowed.test(Patterns.channel(p)))) {
            throw new HttpProblem(
                    403,
                    "Forbidden",
                    caller.missing(Permission.SUBSCRIBE.word() + ":" + patterns.getFirst()));
        }
        long matched = broker.matching(patterns).stream().filter(allowed).count();
        if (matched > options.maxChannels()) {
            throw new HttpProblem(
                    400,
                    "Bad request",
                    "These patterns match %,d channels; a stream begins with at most %,d: name fewer, or raise max-channels-per-stream."
                            .formatted(matched, options.maxChannels()));
        }
    }

    private Start start(SessionRequest asked, Caller caller) {
        Cursor after = asked.after();
        if (after == null) {
            return now(asked.tail());
        }
        OptionalLong same = new SameLog(broker, new Allowed(caller)).upTo(after, asked.seen());
        return same.isPresent()
                ? new Start.Since(after, same.getAsLong(), asked.most())
                : new Start.After(after, asked.most());
    }

    /** With so many of the newest entries; those that come from now on in any case. */
    Start now(long tail) {
        long newest = broker.newest().position();
        return tail > 0 ? new Start.Newest(tail, newest) : new Start.At(newest);
    }

    /**
     * The state of runs that a reader is shown after it has read up to there. One that resumes
     * without a gap knows it already, unless it says that it does not.
     */
    @Nullable RunsSnapshot snapshot(SessionRequest asked, Subscription subscription)
            throws InterruptedException {
        Cursor after = asked.after();
        boolean clean =
                after != null
                        && subscription.continues(after)
                        && subscription.missingAtStart().isEmpty();
        if (!asked.snapshotDue() && (clean || !asked.snapshot())) {
            return null;
        }
        return snapshots
                .snapshotFrom(subscription.position(), SNAPSHOT_WAIT)
                .orElseThrow(() ->
                        new HttpProblem(
                                503,
                                "Not available",
                                "The state of runs is not up to date. Connect again later."));
    }
}
