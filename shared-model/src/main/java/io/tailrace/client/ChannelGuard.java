package io.tailrace.client;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The newest position of each channel that was handed over, so that nothing is handed over twice:
 * not after a back-fill that was cut, and not where a page and the stream overlap. As large as the
 * number of channels. Confined to the connection's thread.
 */
final class ChannelGuard {

    private final Map<Channel, Long> newest = new HashMap<>();
    private @Nullable String epoch;
    private long doubles;

    /** Whether the entry is new; from now on it counts as handed over. */
    boolean fresh(Channel channel, Cursor here) {
        if (!here.epoch().equals(epoch)) {
            newest.clear(); // another log, other positions
            epoch = here.epoch();
        }
        Long last = newest.get(channel);
        if (last != null && here.position() <= last) {
            doubles++;
            return false;
        }
        newest.put(channel, here.position());
        return true;
    }

    /** How many entries came again. */
    long doubles() {
        return doubles;
    }

    /** The log has lost what came after a place and gives the positions to other entries. */
    void forgetAfter(Cursor place) {
        if (place.epoch().equals(epoch)) {
            newest.replaceAll((_, last) -> Math.min(last, place.position()));
        }
    }

    /** Channels that are left begin anew when they are named again. */
    void keep(Predicate<Channel> still) {
        for (Channel channel : List.copyOf(newest.keySet())) {
            if (!still.test(channel)) {
                newest.remove(channel);
            }
        }
    }
}
