package io.tailrace.client;

import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.wire.Seen;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a root connection asks for.
 *
 * @param gateway the gateway's address, such as {@code http://127.0.0.1:8787}
 * @param sessionId names the session: letters, digits, '.', '_' and '-'
 * @param channels what to receive
 * @param after the entry to continue after, kept from an earlier connection
 * @param seen marks of entries that the earlier connection received, newest first
 * @param most with a cursor: so many of the newest entries of each channel at most, with a gap in
 *     place of the others; 0 for all
 * @param tail without a cursor: how many of the newest entries of each channel to begin with
 * @param snapshot whether to get the state of all runs, at first and after each gap
 * @param timing how patient it is
 * @param access who it says it is, and which certificates it believes
 */
public record RootConnectionSettings(
        URI gateway,
        String sessionId,
        List<ChannelPattern> channels,
        @Nullable Cursor after,
        List<Seen> seen,
        int most,
        int tail,
        boolean snapshot,
        Timing timing,
        Access access) {

    /** The longest tail that a gateway gives. */
    public static final int MAX_TAIL = 100_000;

    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public RootConnectionSettings {
        GatewayAddress.check(gateway);
        if (!SESSION_ID.matcher(sessionId).matches()) {
            throw new IllegalArgumentException(
                    "A session id has 1 to 64 letters, digits, '.', '_' or '-'.");
        }
        channels = List.copyOf(channels);
        seen = List.copyOf(seen);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("Name at least one channel to receive.");
        }
        if (tail < 0 || tail > MAX_TAIL) {
            throw new IllegalArgumentException(
                    "The tail is a number of entries, 0 to %d.".formatted(MAX_TAIL));
        }
        if (most < 0) {
            throw new IllegalArgumentException("A connection catches up with 0 entries or more.");
        }
    }

    /** From now on, without a snapshot, with the standard patience. */
    public static RootConnectionSettings of(
            URI gateway, String sessionId, List<ChannelPattern> channels) {
        return new RootConnectionSettings(
                gateway,
                sessionId,
                channels,
                null,
                List.of(),
                0,
                0,
                false,
                Timing.standard(),
                Access.open());
    }

    /** Continuing after an entry. */
    public RootConnectionSettings withAfter(@Nullable Cursor cursor) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, cursor, List.of(), most, tail, snapshot, timing,
                access);
    }

    /** Continuing after an entry of a log that has these entries. */
    public RootConnectionSettings withAfter(@Nullable Cursor cursor, List<Seen> marks) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, cursor, marks, most, tail, snapshot, timing, access);
    }

    /** Catching up with so many entries of each channel at most. */
    public RootConnectionSettings withMost(int entries) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, seen, entries, tail, snapshot, timing, access);
    }

    /** The same of other channels. */
    public RootConnectionSettings withChannels(List<ChannelPattern> others) {
        return new RootConnectionSettings(
                gateway, sessionId, others, after, seen, most, tail, snapshot, timing, access);
    }

    /** Beginning with the newest entries of each channel. */
    public RootConnectionSettings withTail(int entries) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, seen, most, entries, snapshot, timing, access);
    }

    /** With the state of all runs, at first and after each gap. */
    public RootConnectionSettings withSnapshot() {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, seen, most, tail, true, timing, access);
    }

    /** With another patience. */
    public RootConnectionSettings withTiming(Timing other) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, seen, most, tail, snapshot, other, access);
    }

    /** For what channels begin with that are added to those that are received. */
    RootConnectionSettings beside(List<ChannelPattern> added, ChannelStart start) {
        Cursor from = start instanceof ChannelStart.After(var cursor) ? cursor : null;
        int newest = start instanceof ChannelStart.Newest(var entries) ? entries : 0;
        return new RootConnectionSettings(
                gateway, sessionId, added, from, List.of(), 0, newest, false, timing, access);
    }

    /** As somebody else, or believing other certificates. */
    public RootConnectionSettings withAccess(Access other) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, seen, most, tail, snapshot, timing, other);
    }
}
