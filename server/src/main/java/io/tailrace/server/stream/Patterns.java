package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.server.http.JsonRequest;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what channels somebody names, within the limits of a stream. */
final class Patterns {

    private static final int MOST = 100;

    private Patterns() {}

    /** Patterns, each once; blank ones are passed over. */
    static Set<ChannelPattern> parse(Collection<String> texts) {
        Set<ChannelPattern> patterns = new LinkedHashSet<>();
        for (String text : texts) {
            if (!text.isBlank()) {
                patterns.add(parse(text.strip()));
            }
            limit(patterns);
        }
        return patterns;
    }

    private static ChannelPattern parse(String text) {
        try {
            ChannelPattern pattern = ChannelPattern.parse(text);
            if (!pattern.possible()) {
                throw JsonRequest.bad(pattern.impossible());
            }
            return pattern;
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(String.valueOf(e.getMessage()));
        }
    }

    static void limit(Collection<ChannelPattern> patterns) {
        if (patterns.size() > MOST) {
            throw JsonRequest.bad(
                    "A stream may have at most "
                            + MOST
                            + " channel patterns; use '*' to name many channels.");
        }
    }

    /** The channel that a literal pattern names. */
    static Channel channel(ChannelPattern literal) {
        return new Channel(literal.toString());
    }

    static List<String> texts(Collection<ChannelPattern> patterns) {
        return patterns.stream().map(ChannelPattern::toString).toList();
    }
}
