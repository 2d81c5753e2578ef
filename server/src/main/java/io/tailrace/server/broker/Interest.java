package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a reader wants and may have. Readers with equal interests share what is read for them, so
 * the rule should be equal for those who may read the same.
 *
 * @param patterns the channels it names
 * @param allowed which of these it may read; asked once for each channel. When an answer changes,
 *     {@link Subscription#change} with an unequal rule
 * @param most how many channels it gets at most; those that come too late are told as missing
 */
public record Interest(List<ChannelPattern> patterns, Predicate<Channel> allowed, int most) {

    /** Copies the list. */
    public Interest {
        patterns = List.copyOf(patterns);
    }

    /** Interest in everything these patterns name. */
    public static Interest in(List<ChannelPattern> patterns) {
        return new Interest(patterns, Any.ALL, Integer.MAX_VALUE);
    }

    boolean wants(Channel channel) {
        for (ChannelPattern pattern : patterns) {
            if (pattern.matches(channel)) {
                return allowed.test(channel);
            }
        }
        return false;
    }

    /** Which of these are wanted; others may be among the answers that do not exist. */
    List<Channel> among(ChannelList.View existing) {
        if (patterns.stream().allMatch(ChannelPattern::literal)) {
            return patterns.stream()
                    .map(pattern -> new Channel(pattern.toString()))
                    .distinct()
                    .filter(allowed)
                    .toList();
        }
        return existing.select(this::wants);
    }

    /** No rule at all; equal to itself, unlike a lambda. */
    private enum Any implements Predicate<Channel> {
        ALL;

        @Override
        public boolean test(Channel channel) {
            return true;
        }
    }
}
