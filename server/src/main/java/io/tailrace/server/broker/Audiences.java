package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Who wants which channel.
 *
 * <p>However many readers come, go or change at once: the writer never waits for more than one of
 * them, and for that one only while it enters a few channels. Thread-safe.
 */
final class Audiences {

    // So many channels are entered while the writer may have to wait.
    private static final int SLICE = 256;

    private final Fanout fanout;
    private final ChannelList all = new ChannelList();

    // Taken by the writer, and by one reader at a time: the one who has the turn. Fair: the next
    // one who has the turn does not come before the writer.
    private final ReentrantLock lock = new ReentrantLock(true);
    private final ReentrantLock turn = new ReentrantLock();
    // Those who gather anew come one after the other: each has to look at all channels.
    private final ReentrantLock gathering = new ReentrantLock();

    // Guarded by lock.
    private final Map<Channel, Set<Audience>> interested = new HashMap<>();
    private final Map<Interest, Audience> audiences = new HashMap<>();

    Audiences(Fanout fanout, Collection<Channel> existing) {
        this.fanout = fanout;
        for (Channel channel : existing) {
            interested.put(channel, new LinkedHashSet<>());
            all.add(channel);
        }
    }

    /**
     * Marks those that want one of these frames, and makes them visible then. Writer thread only.
     *
     * @param visible makes everything up to the last frame visible
     * @return who is to be woken
     */
    Set<Audience> mark(List<Frame> frames, Runnable visible) {
        Set<Audience> marked = new LinkedHashSet<>();
        lock.lock();
        try {
            Map<Channel, Set<Audience>> touched = new HashMap<>();
            Channel last = null;
            Set<Audience> readers = Set.of();
            for (Frame frame : frames) {
                if (!frame.channel().equals(last)) {
                    last = frame.channel();
                    readers = touched.computeIfAbsent(last, channel -> readersOf(channel, marked));
                }
                for (Audience audience : readers) {
                    audience.mark(frame.position());
                }
            }
            touched.values().forEach(marked::addAll);
            visible.run();
        } finally {
            lock.unlock();
        }
        return marked;
    }

    private Set<Audience> readersOf(Channel channel, Set<Audience> told) {
        Set<Audience> known = interested.get(channel);
        if (known != null) {
            return known;
        }
        Set<Audience> readers = new LinkedHashSet<>();
        for (Audience audience : audiences.values()) {
            if (!audience.interest().wants(channel)) {
                continue;
            }
            if (audience.join(channel)) {
                readers.add(audience);
            } else {
                told.add(audience);
            }
        }
        interested.put(channel, readers);
        all.add(channel);
        return readers;
    }

    /**
     * Nobody knows whose marks are missing: all have to look into the log for everything so far.
     * Writer thread only.
     *
     * @param visible makes everything up to the last frame visible
     * @return all of them
     */
    List<Audience> distrust(List<Frame> frames, Runnable visible) {
        long newest = frames.getLast().position();
        lock.lock();
        try {
            audiences.values().forEach(audience -> audience.distrust(newest));
            visible.run();
            return List.copyOf(audiences.values());
        } finally {
            lock.unlock();
        }
    }

    /** The audience of that interest: from now on it is marked. Has to be left some time. */
    Membership enter(Interest interest) {
        while (true) {
            Audience audience = held(() -> find(interest));
            if (audience == null) {
                audience = begin(interest);
            }
            if (audience.gathered()) {
                return membership(audience);
            }
            leave(audience); // whoever gathered it failed: his reader hears why, this one tries
        }
    }

    private Membership membership(Audience audience) {
        return held(() -> new Membership(audience, audience.marked(), fanout.visible()));
    }

    private @Nullable Audience find(Interest interest) {
        Audience audience = audiences.get(interest);
        if (audience != null) {
            audience.users++;
        }
        return audience;
    }

    /** Looks at every channel, but for the writer's sake not at once. */
    private Audience begin(Interest interest) {
        gathering.lock();
        try {
            List<ChannelList.View> before = new ArrayList<>(1);
            Audience audience =
                    held(() -> {
                        Audience known = find(interest);
                        if (known != null) {
                            return known;
                        }
                        before.add(all.view()); // the writer joins it to those that come later
                        Audience fresh = new Audience(fanout, interest);
                        fresh.users++;
                        audiences.put(interest, fresh);
                        return fresh;
                    });
            if (!before.isEmpty()) {
                gather(audience, before.getFirst());
            }
            return audience;
        } finally {
            gathering.unlock();
        }
    }

    private void gather(Audience audience, ChannelList.View view) {
        boolean done = false;
        try {
            List<Channel> wanted = audience.interest().among(view);
            for (int from = 0; from < wanted.size(); from += SLICE) {
                List<Channel> slice = wanted.subList(from, Math.min(from + SLICE, wanted.size()));
                held(() -> {
                    slice.forEach(channel -> join(audience, channel));
                    return slice;
                });
            }
            done = true;
        } finally {
            boolean complete = done;
            held(() -> {
                audience.end(fanout.visible(), complete);
                return complete || audiences.remove(audience.interest(), audience);
            });
            if (!done) {
                leave(audience);
            }
        }
    }

    private void join(Audience audience, Channel channel) {
        Set<Audience> readers = interested.get(channel);
        if (readers != null && audience.join(channel)) {
            readers.add(audience);
        }
    }

    /** Ends one use; the last one ends the audience. */
    void leave(Audience audience) {
        boolean last =
                held(() -> {
                    boolean none = --audience.users == 0;
                    if (none) {
                        audiences.remove(audience.interest(), audience);
                    }
                    return none;
                });
        if (!last) {
            return;
        }
        List<Channel> channels = List.copyOf(audience.channels());
        for (int from = 0; from < channels.size(); from += SLICE) {
            List<Channel> slice = channels.subList(from, Math.min(from + SLICE, channels.size()));
            held(() -> {
                for (Channel channel : slice) {
                    Set<Audience> readers = interested.get(channel);
                    if (readers != null) {
                        readers.remove(audience);
                    }
                }
                return slice;
            });
        }
    }

    /** Does something small that only one may do at a time. */
    private <T extends @Nullable Object> T held(Supplier<T> small) {
        turn.lock();
        try {
            lock.lock();
            try {
                return small.get();
            } finally {
                lock.unlock();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Channels that exist and match one of the patterns, sorted. */
    List<Channel> matching(Collection<ChannelPattern> patterns) {
        List<Channel> found = all.view().select(c -> patterns.stream().anyMatch(p -> p.matches(c)));
        found.sort(null);
        return found;
    }

    /**
     * A reader's place in an audience.
     *
     * @param audience which
     * @param marked how many entries had been marked for it
     * @param visible up to where, at that moment
     */
    record Membership(Audience audience, long marked, long visible) {}
}
