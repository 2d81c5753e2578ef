package io.tailrace.server.search;

import io.tailrace.model.Channel;
import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which log lines are looked for.
 *
 * @param channels where to look
 * @param terms texts that a line should have, in any order and case; none means every line
 * @param run only lines of that run, or null
 * @param task only lines of that task, or null
 * @param atLeast only lines of that level and graver ones, or null
 * @param upTo only entries up to this position
 * @param limit at most so many hits
 */
public record LogQuery(
        List<Channel> channels,
        List<String> terms,
        @Nullable String run,
        @Nullable String task,
        @Nullable Level atLeast,
        long upTo,
        int limit) {

    /** Copies the lists. */
    public LogQuery {
        channels = List.copyOf(channels);
        terms = List.copyOf(terms);
    }
}
