package io.tailrace.client;

import io.tailrace.client.Opened.Broken;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.EventTooLargeException;
import io.tailrace.wire.MalformedEventException;
import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Reads one open stream after the other and remembers what must outlive each: how far it got, and
 * whether a snapshot is still due. Confined to the connection's thread, but for the cursor.
 */
final class StreamFollower {

    // No wish of the gateway makes this connection wait longer.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final RootConnectionSettings settings;
    private final Consumer<StreamItem> sink;

    // Written by the connection's thread, read by anybody.
    private volatile @Nullable Cursor cursor;

    // Where the first stream began, for as long as nothing was received.
    private @Nullable Cursor beginning;
    private boolean snapshotDue;
    private @Nullable Runnable opened;
    private @Nullable Duration shutdownRetry;
    private @Nullable Duration retry;

    StreamFollower(RootConnectionSettings settings, Consumer<StreamItem> sink) {
        this.settings = settings;
        this.sink = sink;
        this.cursor = settings.after();
        this.snapshotDue = settings.snapshot();
    }

    /** The latest stored entry that was received. */
    @Nullable Cursor cursor() {
        return cursor;
    }

    /** How long the gateway wants us to wait before a reconnect. */
    @Nullable Duration retry() {
        return retry;
    }

    /** What to ask for next, given what was received so far. */
    StreamRequest request() {
        Cursor last = cursor;
        if (last == null && settings.tail() == 0 && !snapshotDue) {
            last = beginning;
        }
        return StreamRequest.of(settings, last, snapshotDue);
    }

    /**
     * Reads to the end of the stream.
     *
     * @param whenOpen called once, before the first frame that can be read is handed on
     */
    Broken follow(GuardedInputStream body, Watchdog watchdog, Runnable whenOpen) {
        shutdownRetry = null;
        opened = whenOpen;
        SseReader reader = new SseReader(body);
        boolean more = true;
        try {
            while (more) {
                more = readFrame(reader, body);
            }
            return ending("The gateway closed the connection.");
        } catch (IOException e) {
            return ending(watchdog.rang() ? Reasons.silent(body.limit()) : Reasons.cut(e));
        } finally {
            retry = reader.retry().isPresent() ? millis(reader.retry().getAsLong()) : retry;
        }
    }

    /** Reads one frame and hands it on; false at the end of the stream. */
    private boolean readFrame(SseReader reader, GuardedInputStream body) throws IOException {
        SseEvent frame;
        try {
            frame = reader.next();
        } catch (EventTooLargeException e) {
            sink.accept(new StreamItem.Unreadable(String.valueOf(e.getMessage())));
            return true;
        }
        if (frame == null) {
            return false;
        }
        Instant now = settings.timing().pacer().now();
        byte[] json = frame.data();
        try {
            switch (EventCodec.decode(json, 0, json.length, frame.type(), null, now)) {
                case Event.Published event -> received(frame, event, now);
                case Event.Control control -> told(control, body, now);
            }
        } catch (MalformedEventException e) {
            passOver(frame, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void received(SseEvent frame, Event.Published event, Instant now) {
        Cursor here = cursor(frame);
        if (here == null) {
            throw new MalformedEventException(
                    "An event of kind '%s' came without the id of a stored entry."
                            .formatted(event.kind()));
        }
        if (had(here)) {
            return;
        }
        whenOpen();
        sink.accept(new StreamItem.Received(new Entry(here, event), now));
        cursor = here;
    }

    private void told(Event.Control control, GuardedInputStream body, Instant now) {
        whenOpen();
        switch (control) {
            case Event.SessionInit init -> {
                if (init.heartbeat() > 0) {
                    // a heartbeat may be late, but not one and a half times
                    Duration silence = millis(init.heartbeat()).multipliedBy(5).dividedBy(2);
                    body.limit(silence.compareTo(LONGEST) > 0 ? LONGEST : silence);
                }
                beginning = beginning == null ? init.cursor() : beginning;
            }
            case Event.Gap gap -> missed(gap);
            case Event.Snapshot _ -> snapshotDue = false;
            case Event.ServerShuttingDown bye -> shutdownRetry = millis(bye.retry());
            case Event.Resumed _,
                    Event.Heartbeat _,
                    Event.ChannelsChanged _,
                    Event.Conflated _,
                    Event.SessionEnd _ -> {}
        }
        sink.accept(new StreamItem.Told(control, now));
    }

    /** A log that has forgotten what was received gives the same positions to other entries. */
    private void missed(Event.Gap gap) {
        snapshotDue = settings.snapshot();
        Cursor last = cursor;
        if (last != null
                && last.epoch().equals(gap.to().epoch())
                && gap.to().position() < last.position()) {
            cursor = gap.to();
        }
    }

    /** Says so, and does not ask for the same frame again. */
    private void passOver(SseEvent frame, String reason) {
        Cursor here = cursor(frame);
        if (here != null && had(here)) {
            return;
        }
        sink.accept(new StreamItem.Unreadable(reason));
        cursor = here == null ? cursor : here;
    }

    private boolean had(Cursor here) {
        Cursor last = cursor;
        return last != null
                && last.epoch().equals(here.epoch())
                && here.position() <= last.position();
    }

    private static @Nullable Cursor cursor(SseEvent frame) {
        try {
            return frame.id() == null ? null : Cursor.parse(frame.id());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void whenOpen() {
        Runnable first = opened;
        opened = null;
        if (first != null) {
            first.run();
        }
    }

    private Broken ending(String reason) {
        return shutdownRetry == null
                ? Broken.because(reason)
                : new Broken("The gateway is restarting.", shutdownRetry, true);
    }

    private static Duration millis(long wish) {
        return Duration.ofMillis(Math.clamp(wish, 0, LONGEST.toMillis()));
    }
}
