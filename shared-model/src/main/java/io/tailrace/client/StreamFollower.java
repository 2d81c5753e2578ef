package io.tailrace.client;

import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Ending;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.EventTooLargeException;
import io.tailrace.wire.MalformedEventException;
import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Reads one open stream to its end. Confined to the connection's thread. */
final class StreamFollower {

    private final EventParser parser = new EventParser();
    private final Pacer pacer;
    private final Intake intake;
    private final GuardedInputStream body;
    private final Runnable whenOpen;
    private boolean opened;

    /**
     * Prepares.
     *
     * @param whenOpen called once, before the first frame that can be read is handed on
     */
    StreamFollower(Pacer pacer, Intake intake, GuardedInputStream body, Runnable whenOpen) {
        this.pacer = pacer;
        this.intake = intake;
        this.body = body;
        this.whenOpen = whenOpen;
    }

    /** What became of a stream, and the wait before the next that it asked for, if it did. */
    record Followed(Ending ending, @Nullable Duration retry) {}

    Followed follow(Watchdog watchdog) {
        intake.begins();
        SseReader reader = new SseReader(body);
        boolean more = true;
        Broken ending;
        try {
            while (more) {
                more = readFrame(reader);
            }
            ending = cut("The gateway closed the connection.");
        } catch (IOException e) {
            ending = watchdog.rang() ? silent() : cut(Reasons.cut(e));
        }
        Duration retry =
                reader.retry().isPresent() ? Intake.limited(reader.retry().getAsLong()) : null;
        Ending goodbye = intake.goodbye();
        return new Followed(goodbye == null ? ending : goodbye, retry);
    }

    private Broken cut(String reason) {
        return Broken.because(reason, opened ? Doubt.NONE : Doubt.CUT);
    }

    private Broken silent() {
        return body.begun()
                ? Broken.because(Reasons.silent(body.limit()), Doubt.SILENT)
                : Broken.because(Reasons.late(body.limit()), Doubt.LATE);
    }

    /** Reads one frame and hands it on; false at the end of the stream. */
    private boolean readFrame(SseReader reader) throws IOException {
        SseEvent frame;
        try {
            frame = reader.next();
        } catch (EventTooLargeException e) {
            intake.passOver(null, String.valueOf(e.getMessage()));
            return true;
        }
        if (frame == null) {
            return false;
        }
        Instant now = pacer.now();
        byte[] json = frame.data();
        Cursor here = cursor(frame);
        try {
            Event event = parser.parse(json, 0, json.length, frame.type(), null, now);
            if (event instanceof Event.SessionInit init) {
                expect(init.heartbeat());
            }
            if (here != null || event instanceof Event.Control) {
                open();
            }
            intake.take(here, event, now);
        } catch (MalformedEventException e) {
            intake.passOver(here, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void open() {
        if (!opened) {
            opened = true;
            whenOpen.run();
        }
    }

    /** A heartbeat may be late, but not one and a half times. */
    private void expect(long heartbeat) {
        if (heartbeat > 0) {
            body.limit(Intake.limited(Intake.limited(heartbeat).toMillis() * 5 / 2));
        }
    }

    private static @Nullable Cursor cursor(SseEvent frame) {
        try {
            return frame.id() == null ? null : Cursor.parse(frame.id());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
