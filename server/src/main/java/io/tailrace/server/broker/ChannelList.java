package io.tailrace.server.broker;

import io.tailrace.model.Channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * All channels, which only become more. One thread at a time adds; readers see at once what there
 * is at a moment, without a lock and without a copy.
 */
final class ChannelList {

    private volatile View view = new View(new Channel[16], 0);

    /** What there was at a moment: nobody changes the first {@code count} of these any more. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record View(Channel[] channels, int count) {

        /** Those that are meant, in the order in which they were created. */
        List<Channel> select(Predicate<Channel> meant) {
            List<Channel> selected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (meant.test(channels[i])) {
                    selected.add(channels[i]);
                }
            }
            return selected;
        }
    }

    View view() {
        return view;
    }

    void add(Channel channel) {
        View now = view;
        Channel[] channels = now.channels();
        if (now.count() == channels.length) {
            channels = Arrays.copyOf(channels, 2 * channels.length);
        }
        channels[now.count()] = channel;
        view = new View(channels, now.count() + 1); // makes it seen
    }
}
