package io.tailrace.server.chat;

import io.tailrace.model.Channel;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.server.search.LogSearch;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an answer is made from.
 *
 * @param runs all runs, the newest first
 * @param position up to which entry they are folded
 * @param evidence finds the entries to cite
 * @param search finds log lines
 * @param logs the channels with log lines, to look through when no run is meant
 * @param commandable whether whoever asked may change a run
 * @param now the time of the question
 */
record Knowledge(
        List<RunState> runs,
        long position,
        Evidence evidence,
        LogSearch search,
        List<Channel> logs,
        Predicate<RunKey> commandable,
        Instant now) {

    /** Copies the lists. */
    Knowledge {
        runs = List.copyOf(runs);
        logs = List.copyOf(logs);
    }
}
