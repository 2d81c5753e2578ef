package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Frame;
import io.tailrace.server.broker.Missing;
import io.tailrace.server.broker.Start;
import io.tailrace.server.broker.Subscription;
import io.tailrace.server.runs.RunsSnapshot;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseFrame;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One open stream: tells the reader how it begins, replays, shows the state of runs at the seam,
 * and goes on live until the reader goes away, its caller may read no more, or the gateway stops.
 *
 * <p>Runs on the request's thread, and leaves the live part to a pump where one thread may write
 * for many; {@link #stop} and {@link #change} come from others.
 */
final class Session implements OpenStream {

    private final SessionRequest asked;
    private final Carried carried;
    private final StreamContext context;
    private final Subscription subscription;
    private final FrameWriter out;
    private final Seat seat;
    private final Notices notices;
    private final Laggard laggard;
    private final Instant started;
    // Everything up to here was stored before the stream began.
    private final long beginning;
    private final Replay replay;
    private volatile boolean stopping;
    // Written by the reading thread.
    private volatile long conflated;

    Session(SessionRequest asked, Carried carried, FrameWriter out, StreamContext context) {
        this.asked = asked;
        this.carried = carried;
        this.context = context;
        this.subscription = carried.subscription();
        this.out = out;
        this.notices = new Notices(asked, carried, context);
        this.seat =
                new Seat(
                        context.registry().pump(),
                        subscription,
                        out,
                        () -> FrameWriter.frame(notices.heartbeat()));
        this.started = context.clock().instant();
        this.beginning = context.broker().newest().position();
        this.replay = new Replay(beginning, context.observer(), context.clock());
        this.laggard = new Laggard(subscription, beginning);
    }

    /**
     * Writes until the end.
     *
     * @param snapshot the state of runs to show, or null
     * @return why it ended
     */
    String run(@Nullable RunsSnapshot snapshot) throws IOException, InterruptedException {
        try {
            return stream(snapshot);
        } finally {
            replay.end();
        }
    }

    private String stream(@Nullable RunsSnapshot snapshot)
            throws IOException, InterruptedException {
        begin();
        if (snapshot != null) {
            show(snapshot);
        }
        while (goesOn()) {
            if (!laggard.holds() && turn()) {
                continue;
            }
            boolean common = laggard.near() && subscription.live() && caughtUp();
            boolean rode = common && seat.ride(() -> stopping || due());
            if (!rode && !pass(Long.MAX_VALUE) && !stopping && !due()) {
                out.control(notices.heartbeat());
                out.flush();
            }
        }
        return farewell();
    }

    private boolean goesOn() {
        return !stopping && carried.end(context.clock().instant()) == null;
    }

    private boolean caughtUp() {
        replay.reached(subscription.position());
        return subscription.position() >= beginning;
    }

    private boolean due() {
        return carried.due(context.clock().instant());
    }

    private void begin() throws IOException {
        out.retry(context.options().retry().toMillis());
        out.control(notices.begin());
        for (Event.Control told : notices.resumed(beginning)) {
            tell(told);
        }
        out.flush();
    }

    private void tell(Event.Control told) throws IOException {
        out.control(told);
        if (told instanceof Event.Gap) {
            replay.gap();
            context.observer().gap();
        }
    }

    /** The state of runs, as soon as everything before it was sent. */
    private void show(RunsSnapshot snapshot) throws IOException, InterruptedException {
        while (subscription.position() < snapshot.position() && goesOn()) {
            pass(snapshot.position());
        }
        if (subscription.position() >= snapshot.position()) {
            out.control(notices.snapshot(snapshot));
            out.flush();
        }
    }

    /** Makes a change that was asked for, or that grants ask for; false when there is none. */
    private boolean turn() throws IOException, InterruptedException {
        Subscription past = carried.turn();
        boolean told = past != null;
        past = told ? past : carried.follow();
        if (past == null) {
            return false;
        }
        long seam = subscription.position();
        while (goesOn()) {
            Batch batch = past.next(FrameWriter.BLOCK, seam, Duration.ZERO);
            if (batch.isEmpty()) {
                break;
            }
            send(batch, true);
        }
        if (told && goesOn()) {
            Event.Control changed = notices.changed();
            String id = notices.cursor(seam).toString();
            out.write(SseFrame.event(id, changed.kind(), EventCodec.encode(changed)));
            out.flush();
        }
        if (asked.snapshot()
                && past.channels().stream().anyMatch(channel -> channel.type().equals("runs"))) {
            RunsSnapshot snapshot =
                    context.snapshots()
                            .snapshotFrom(subscription.position(), StreamContext.SNAPSHOT_WAIT)
                            .orElse(null);
            if (snapshot != null) {
                show(snapshot);
            }
        }
        return true;
    }

    /** Sends what comes next; false when nothing came in time. */
    private boolean pass(long upTo) throws IOException, InterruptedException {
        if (laggard.lags()) {
            long from = subscription.position();
            return context.registry()
                    .wide()
                    .read(bytes -> send(conflated(laggard.read(upTo, bytes), from), false));
        }
        if (!subscription.inMemory()) {
            return context.registry()
                    .wide()
                    .read(bytes -> send(subscription.next(bytes, upTo, Duration.ZERO), false));
        }
        return send(
                subscription.next(FrameWriter.BLOCK, upTo, context.options().heartbeat()), false);
    }

    private Batch conflated(Batch read, long from) throws IOException {
        Batch batch = carried.permitted(read);
        Conflation conflation = Conflation.of(batch.frames());
        for (Map.Entry<Channel, Long> left : conflation.left().entrySet()) {
            long count = left.getValue();
            count(count);
            context.observer().conflated(count);
            out.control(notices.conflated(left.getKey(), from, batch.position(), count));
        }
        return new Batch(conflation.frames(), batch.missing(), batch.position(), batch.bytes());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void count(long entries) {
        conflated += entries;
    }

    private boolean send(Batch read, boolean past) throws IOException {
        if (read.isEmpty()) {
            return false;
        }
        Batch batch = carried.permitted(read);
        for (Missing missing : batch.missing()) {
            tell(notices.gap(missing));
        }
        for (Frame frame : batch.frames()) {
            out.write(frame.bytes());
        }
        out.flush();
        replay.sent(batch, past);
        return true;
    }

    private String farewell() throws IOException {
        Carried.End end = carried.end(context.clock().instant());
        if (end != null) {
            return end(end);
        }
        Event.ServerShuttingDown farewell = notices.farewell();
        out.retry(farewell.retry());
        out.control(farewell);
        out.flush();
        return "shutdown";
    }

    /** Tells the reader that nothing more comes, and gives the reason. */
    String end(Carried.End end) throws IOException {
        out.control(notices.end(end));
        out.flush();
        return end.reason();
    }

    /** Why it ended when its connection did, which is what happened otherwise. */
    String reason(String otherwise) {
        Carried.End end = carried.end(context.clock().instant());
        return end == null ? otherwise : end.reason();
    }

    /** Whether somebody may change what it carries. */
    boolean belongsTo(Caller caller) {
        return caller.admin() || caller.name().equals(carried.caller().name());
    }

    /** Who opened it. */
    Caller caller() {
        return carried.caller();
    }

    /** What was asked for last. */
    List<ChannelPattern> patterns() {
        return carried.patterns();
    }

    /** Carries something else from now on; channels that are new begin there. */
    void change(List<ChannelPattern> patterns, Start start) {
        carried.change(patterns, start);
        seat.wake();
    }

    @Override
    public void stop() {
        stopping = true;
        subscription.close();
        seat.wake();
    }

    @Override
    public void probe() {
        seat.probe();
    }

    @Override
    public void recheck() {
        Instant now = context.clock().instant();
        if (carried.due(now)) {
            seat.wake();
            long nanos = LAST_WRITE.toNanos();
            if ((out.busy(nanos) || seat.stuck(nanos)) && carried.revoked(now)) {
                out.interruptOlderThan(nanos);
                seat.cut();
            }
        }
    }

    @Override
    public void checkWrite(Duration limit) {
        out.interruptOlderThan(limit.toNanos());
    }

    @Override
    public String id() {
        return asked.id();
    }

    @Override
    public SessionInfo info() {
        return carried.info(asked.id(), "sse", started, conflated, out.written(), context.clock());
    }
}
