package io.tailrace.client;

import io.tailrace.client.Opened.Ending;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Decides when to ask for pages instead of following the stream, and when to try the stream again.
 * Knows time but never waits. Confined to the connection's thread.
 *
 * <p>A proxy may hold a stream back, cut it, or answer in the gateway's place. An ending that looks
 * like that is a reason to ask for a page: only when that works is the stream to blame.
 */
final class Detour {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A stream that lives so long after a detour has proved that the way is free. */
    private static final Duration PROVEN = Duration.ofMinutes(5);

    private final Pacer pacer;
    private @Nullable String reason;
    private Doubt doubt = Doubt.NONE;
    private int inARow;
    private Duration wait = FIRST;
    private long streamDue;
    private long openedAt;

    Detour(Pacer pacer) {
        this.pacer = pacer;
    }

    /** Whether pages are asked for. */
    boolean polling() {
        return reason != null;
    }

    /** Why, the end of a sentence; empty while the stream is followed. */
    String reason() {
        return reason == null ? "" : reason;
    }

    /** The stream has opened: it is followed from now on. */
    void opened() {
        reason = null;
        openedAt = pacer.nanos();
        if (doubt != Doubt.SILENT) {
            inARow = 0;
        }
    }

    /** Whether an ending of the stream is reason enough to ask for a page. */
    boolean suspects(Ending ending, boolean opened) {
        boolean proven = opened && pacer.nanos() - openedAt >= PROVEN.toNanos();
        if (proven) {
            wait = FIRST;
        }
        Doubt now = ending.doubt();
        inARow = now == doubt ? inARow + 1 : 1;
        doubt = now;
        if (now == Doubt.NONE) {
            return false;
        }
        // whoever came back from a detour a moment ago has seen enough
        boolean again = wait.compareTo(FIRST) > 0;
        return again || inARow >= now.enough();
    }

    /** A page came where the stream did not. */
    void taken() {
        reason = doubt.words();
        inARow = 0;
        postpone();
    }

    /** No page came either: then the way is not to blame. */
    void dismissed() {
        inARow = 0;
    }

    /** Whether it is time to try the stream again. */
    boolean streamDue() {
        return pacer.nanos() - streamDue >= 0;
    }

    /** The stream still does not come through. */
    void postpone() {
        streamDue = pacer.nanos() + wait.toNanos();
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    /** Pages fail as well, perhaps because we are in another network: the stream is tried next. */
    void hurryStream() {
        streamDue = pacer.nanos();
    }

    /** Begins anew. */
    void forget() {
        reason = null;
        doubt = Doubt.NONE;
        inARow = 0;
        wait = FIRST;
    }
}
