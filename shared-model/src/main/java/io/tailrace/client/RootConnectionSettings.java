package io.tailrace.client;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/**
 * What a root connection asks for.
 *
 * @param gateway the gateway's address, such as {@code http://127.0.0.1:8787}
 * @param sessionId names the session; what a channel's part may hold
 * @param channels what to receive
 * @param after the entry to continue after, kept from an earlier connection
 * @param tail without a cursor: how many of the newest entries of each channel to begin with
 * @param snapshot whether to get the state of all runs, at first and after each gap
 * @param timing how patient it is
 */
public record RootConnectionSettings(
        URI gateway,
        String sessionId,
        List<ChannelPattern> channels,
        @Nullable Cursor after,
        int tail,
        boolean snapshot,
        Timing timing) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public RootConnectionSettings {
        GatewayAddress.check(gateway);
        Channel _ = Channel.session(sessionId);
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("Name at least one channel to receive.");
        }
        if (tail < 0) {
            throw new IllegalArgumentException("The tail is a number of entries, 0 or more.");
        }
    }

    /** From now on, without a snapshot, with the standard patience. */
    public static RootConnectionSettings of(
            URI gateway, String sessionId, List<ChannelPattern> channels) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, null, 0, false, Timing.standard());
    }

    /** Continuing after an entry. */
    public RootConnectionSettings withAfter(@Nullable Cursor cursor) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, cursor, tail, snapshot, timing);
    }

    /** Beginning with the newest entries of each channel. */
    public RootConnectionSettings withTail(int entries) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, entries, snapshot, timing);
    }

    /** With the state of all runs, at first and after each gap. */
    public RootConnectionSettings withSnapshot() {
        return new RootConnectionSettings(gateway, sessionId, channels, after, tail, true, timing);
    }

    /** With another patience. */
    public RootConnectionSettings withTiming(Timing other) {
        return new RootConnectionSettings(
                gateway, sessionId, channels, after, tail, snapshot, other);
    }
}
