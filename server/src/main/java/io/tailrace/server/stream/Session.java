package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.RunState;
import io.tailrace.model.Subject;
import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Frame;
import io.tailrace.server.broker.Missing;
import io.tailrace.server.broker.Subscription;
import io.tailrace.server.runs.RunsSnapshot;
import io.tailrace.wire.SseFrame;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One open stream: tells the reader how it begins, replays, shows the state of runs at the seam,
 * and goes on live until the reader goes away or the gateway stops.
 *
 * <p>Runs on the request's thread; {@link #stop} comes from another.
 */
final class Session {

    private static final int MIN_RETRY = 500;
    private static final int MAX_RETRY = 5_000;

    private final SessionRequest asked;
    private final Broker broker;
    private final SessionOptions options;
    private final SessionObserver observer;
    private final Clock clock;
    private final Subscription subscription;
    private final FrameWriter out;
    private final Channel channel;
    private final Instant started;
    // Everything up to here was stored before the stream began.
    private final long beginning;
    private final Replay replay;
    private volatile boolean stopping;

    Session(
            SessionRequest asked,
            Broker broker,
            Subscription subscription,
            FrameWriter out,
            SessionOptions options,
            SessionObserver observer,
            Clock clock) {
        this.asked = asked;
        this.broker = broker;
        this.subscription = subscription;
        this.out = out;
        this.options = options;
        this.observer = observer;
        this.clock = clock;
        this.channel = Channel.session(asked.id());
        this.started = clock.instant();
        this.beginning = broker.newest().position();
        this.replay = new Replay(beginning, observer);
    }

    /**
     * Writes until the end.
     *
     * @param snapshot the state of runs to show, or null
     */
    void run(@Nullable RunsSnapshot snapshot) throws IOException, InterruptedException {
        begin();
        if (snapshot != null) {
            while (subscription.position() < snapshot.position() && !stopping) {
                pass(snapshot.position());
            }
            out.control(
                    new Event.Snapshot(
                            header(), cursor(snapshot.position()), visible(snapshot.runs())));
            out.flush();
        }
        while (!stopping) {
            if (!pass(Long.MAX_VALUE) && !stopping) {
                out.control(new Event.Heartbeat(header(), broker.newest()));
                out.flush();
            }
        }
        int retry = ThreadLocalRandom.current().nextInt(MIN_RETRY, MAX_RETRY);
        out.write(retryField(retry));
        out.control(new Event.ServerShuttingDown(header(), retry));
        out.flush();
    }

    private void begin() throws IOException {
        List<String> patterns =
                subscription.patterns().stream().map(ChannelPattern::toString).toList();
        out.write(retryField(options.retry().toMillis()));
        out.control(
                new Event.SessionInit(
                        header(),
                        asked.id(),
                        cursor(subscription.position()),
                        patterns,
                        options.heartbeat().toMillis()));
        Cursor after = asked.after();
        if (after != null) {
            out.control(new Event.Resumed(header(), after, cursor(beginning)));
            if (!subscription.continues(after) && subscription.missingAtStart().isEmpty()) {
                // None of the channels exists in this life: the gap has no channel of its own.
                gap(new Missing(channel, after, cursor(subscription.position()), "epoch"));
            }
        }
        out.flush();
    }

    /** Sends what comes next; false when nothing came in time. */
    private boolean pass(long upTo) throws IOException, InterruptedException {
        Batch batch = subscription.next(FrameWriter.BLOCK, upTo, options.heartbeat());
        if (batch.isEmpty()) {
            return false;
        }
        for (Missing missing : batch.missing()) {
            gap(missing);
        }
        for (Frame frame : batch.frames()) {
            out.write(frame.bytes());
        }
        out.flush();
        if (!batch.frames().isEmpty()) {
            Frame last = batch.frames().getLast();
            boolean replayed = replay.covers(last.position());
            replay.sent(batch.frames().size(), last.position());
            observer.delivered(batch.frames().size(), batch.bytes(), replayed);
            if (!replayed) {
                observer.flushed(clock.millis() - last.received());
                observer.reached(batch.position());
            }
        }
        replay.reached(batch.position());
        return true;
    }

    private void gap(Missing missing) throws IOException {
        String from = missing.from().toString();
        String message =
                missing.reason().equals("epoch")
                        ? "The gateway's log began a new life; what it still has follows."
                        : "The gateway no longer keeps these entries.";
        var header = Header.of(missing.channel(), clock.instant(), Subject.NONE);
        out.control(new Event.Gap(header, from, missing.to(), missing.reason(), message));
        replay.gap();
        observer.gap();
    }

    /** A {@code retry:} field that belongs to the frame written next. */
    private static byte[] retryField(long millis) {
        byte[] frame = SseFrame.retry(millis);
        return Arrays.copyOf(frame, frame.length - 1);
    }

    private List<RunState> visible(List<RunState> runs) {
        return runs.stream().filter(run -> mayShow(run)).toList();
    }

    private boolean mayShow(RunState run) {
        Channel runs = Channel.runs(run.key().workspace(), run.key().workflow());
        return asked.patterns().stream().anyMatch(p -> p.matches(runs));
    }

    private Header header() {
        return Header.of(channel, clock.instant(), Subject.NONE);
    }

    private Cursor cursor(long position) {
        return new Cursor(broker.newest().epoch(), position);
    }

    /** Ends the stream after what is being written, with a word of farewell. */
    void stop() {
        stopping = true;
        subscription.close();
    }

    /** Sends a sign of life now: writing is the only way to find out that a reader went away. */
    void probe() {
        subscription.nudge();
    }

    /** Watchdog: ends a write that takes too long. */
    void checkWrite(Duration limit) {
        out.interruptOlderThan(limit.toNanos());
    }

    String id() {
        return asked.id();
    }

    SessionInfo info() {
        return new SessionInfo(
                asked.id(),
                asked.patterns().stream().map(ChannelPattern::toString).toList(),
                started,
                cursor(subscription.position()),
                subscription.waiting(),
                out.written());
    }
}
