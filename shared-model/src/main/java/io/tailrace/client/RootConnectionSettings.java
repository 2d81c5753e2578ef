package io.tailrace.client;

import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;

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
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("Name at least one channel to receive.");
        }
        if (tail < 0 || tail > MAX_TAIL) {
            throw new IllegalArgumentException(
                    "The tail is a number of entries, 0 to %d.".formatted(MAX_TAIL));
        }
    }

    /** From now on, without a snapshot, with the standard patience. */
    public static RootConnectionSettings of(
            URI gateway, String sessionId, List<ChannelPattern> channels) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, null, 0, false, Timing.standard(), Access.open());
    }

    /** Continuing after an entry. */
    public RootConnectionSettings withAfter(@Nullable Cursor cursor) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, cursor, tail, snapshot, timing, access);
    }

    /** Beginning with the newest entries of each channel. */
    public RootConnectionSettings withTail(int entries) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, entries, snapshot, timing, access);
    }

    /** With the state of all runs, at first and after each gap. */
    public RootConnectionSettings withSnapshot() {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, tail, true, timing, access);
    }

    /** With another patience. */
    public RootConnectionSettings withTiming(Timing other) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, tail, snapshot, other, access);
    }

    /** For what channels begin with that are added to those that are received. */
    RootConnectionSettings beside(List<ChannelPattern> added, ChannelStart start) {
        Cursor from = start instanceof ChannelStart.After(var cursor) ? cursor : null;
        int newest = start instanceof ChannelStart.Newest(var entries) ? entries : 0;
        return new RootConnectionSettings(
                gateway, sessionId, added, from, newest, false, timing, access);
    }

    /** As somebody else, or believing other certificates. */
    public RootConnectionSettings withAccess(Access other) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, tail, snapshot, timing, other);
    }
}
