package io.tailrace.server.stream;

import io.tailrace.model.Event;
import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Frame;
import io.tailrace.server.broker.Missing;
import io.tailrace.server.broker.Subscription;
import io.tailrace.server.runs.RunsSnapshot;
import io.tailrace.wire.EventCodec;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of what a stream would send: the same frames in the same order, up to a number of entries.
 *
 * <p>Runs on the request's thread; {@link #stop} comes from another.
 */
final class Poll implements OpenStream {

    private static final int PAGE_BYTES = 4 << 20;

    private final SessionRequest asked;
    private final Carried carried;
    private final StreamContext context;
    private final Subscription subscription;
    private final Notices notices;
    private final Instant started;
    private final Thread thread = Thread.currentThread();
    private volatile boolean stopping;
    // When it began to write, System.nanoTime; 0 before.
    private volatile long writing;

    // Owned by the request's thread.
    private final List<Item> items = new ArrayList<>();
    private int entries;
    private int bytes;
    private long next;

    /**
     * A frame.
     *
     * @param position of a stored entry, else 0
     */
    record Item(long position, byte[] json) {}

    Poll(SessionRequest asked, Carried carried, StreamContext context) {
        this.asked = asked;
        this.carried = carried;
        this.context = context;
        this.subscription = carried.subscription();
        this.notices = new Notices(asked, carried, context);
        this.started = context.clock().instant();
    }

    /**
     * Reads until there is something, the page is full, or the time is over.
     *
     * @param due the state of runs to show, or null
     * @param limit how many entries
     * @param wait for the first entry
     */
    List<Item> read(@Nullable RunsSnapshot due, int limit, Duration wait)
            throws InterruptedException {
        notices.resumed(context.broker().newest().position()).forEach(this::tell);
        next = subscription.position();
        RunsSnapshot snapshot = due;
        Duration patience = wait;
        while (!full(limit) && goesOn()) {
            if (snapshot != null && subscription.position() >= snapshot.position()) {
                tell(notices.snapshot(snapshot));
                snapshot = null;
                patience = Duration.ZERO;
            }
            long upTo = snapshot == null ? Long.MAX_VALUE : snapshot.position();
            Batch batch = subscription.next(FrameWriter.BLOCK, upTo, patience);
            if (batch.isEmpty() && snapshot == null) {
                next = subscription.position();
                break;
            }
            take(carried.permitted(batch), limit);
            patience = Duration.ZERO;
        }
        farewell();
        return items;
    }

    private boolean full(int limit) {
        return entries >= limit || bytes >= PAGE_BYTES;
    }

    private boolean goesOn() {
        return !stopping && carried.end(context.clock().instant()) == null;
    }

    private void take(Batch batch, int limit) {
        for (Missing missing : batch.missing()) {
            tell(notices.gap(missing));
        }
        for (Frame frame : batch.frames()) {
            if (full(limit)) {
                return;
            }
            items.add(new Item(frame.position(), FrameParts.data(frame.bytes())));
            entries++;
            bytes += frame.bytes().length;
            next = frame.position();
        }
        next = batch.position();
    }

    private void tell(Event.Control told) {
        items.add(new Item(0, EventCodec.encode(told)));
        if (told instanceof Event.Gap) {
            context.observer().gap();
        }
    }

    private void farewell() {
        Carried.End end = carried.end(context.clock().instant());
        if (end != null) {
            tell(notices.end(end));
        } else if (stopping) {
            tell(notices.farewell());
        }
    }

    /** What comes after this page comes after this position. */
    long next() {
        return next;
    }

    /** How many entries it has. */
    int entries() {
        return entries;
    }

    /** How many bytes its entries have. */
    int bytes() {
        return bytes;
    }

    /** From now on it is being sent. */
    void writes() {
        writing = System.nanoTime();
    }

    @Override
    public void stop() {
        stopping = true;
        subscription.close();
    }

    @Override
    public void probe() {
        subscription.nudge();
    }

    @Override
    public void recheck() {
        Instant now = context.clock().instant();
        if (carried.due(now)) {
            subscription.nudge();
            if (carried.revoked(now)) {
                checkWrite(OpenStream.LAST_WRITE);
            }
        }
    }

    @Override
    public void checkWrite(Duration limit) {
        long since = writing;
        if (since != 0 && System.nanoTime() - since > limit.toNanos()) {
            thread.interrupt();
        }
    }

    @Override
    public String id() {
        return asked.id();
    }

    @Override
    public SessionInfo info() {
        return carried.info(asked.id(), "poll", started, 0, 0, context.clock());
    }
}
