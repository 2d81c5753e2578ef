package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.server.eventlog.ChannelInfo;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many channels there may be: each costs memory for good. A channel counts from the first time
 * it is admitted. Thread-safe.
 */
final class ChannelQuota {

    private final int most;
    private final Set<Channel> known = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    ChannelQuota(Collection<ChannelInfo> existing, int most) {
        this.most = most;
        existing.forEach(info -> known.add(info.channel()));
        count.set(known.size());
    }

    boolean admits(Channel channel) {
        if (known.contains(channel)) {
            return true;
        }
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return known.contains(channel);
        }
        if (!known.add(channel)) {
            count.decrementAndGet();
        }
        return true;
    }
}
