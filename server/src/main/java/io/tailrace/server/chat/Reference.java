package io.tailrace.server.chat;

import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which run a question points at: by its id, by its workflow, or by words such as "the last run"
 * and "the run before".
 *
 * @param run the run, or null when the question points at none
 * @param missing what it points at though there is none, or null
 * @param masked the question with such words replaced by {@code @run}
 */
record Reference(@Nullable RunState run, @Nullable String missing, String masked) {

    private static final Pattern LAST_FAILED =
            Pattern.compile("\\blast fail( run| one)?\\b|\\blast (run|one) (that )?fail\\b");
    private static final Pattern PREVIOUS =
            Pattern.compile(
                    "\\b(previous (run|one)|(run|one) (before|previous)( that| this| it)?|"
                            + "(run|one) before|last time|time before)\\b");
    private static final Pattern LAST = Pattern.compile("\\blast (run|one|@workflow( run)?)\\b");
    private static final Pattern PAST = Pattern.compile("\\b(did|was|were|had)\\b");

    /**
     * Resolves it.
     *
     * @param known all runs, the newest first
     * @param current the run spoken of, or shown
     */
    static Reference in(Mentions mentions, List<RunState> known, @Nullable RunState current) {
        String words = mentions.masked();
        if (!mentions.runs().isEmpty()) {
            return of(preferred(mentions, current), "", words);
        }
        String workflow =
                mentions.workflow() != null
                        ? mentions.workflow()
                        : current == null ? null : current.key().workflow();
        List<RunState> scope =
                known.stream()
                        .filter(r -> workflow == null || r.key().workflow().equals(workflow))
                        .toList();
        Matcher failed = LAST_FAILED.matcher(words);
        if (failed.find()) {
            return of(lastFailed(scope), "a failed run", failed.replaceFirst("fail @run"));
        }
        Matcher previous = PREVIOUS.matcher(words);
        if (previous.find()) {
            return of(before(scope, current), "an earlier run", previous.replaceFirst("@run"));
        }
        Matcher last = LAST.matcher(words);
        if (last.find()) {
            boolean past = PAST.matcher(words).find();
            return of(newest(scope, past), "a last run", last.replaceFirst("@run"));
        }
        boolean named = mentions.workflow() != null;
        return new Reference(named ? newest(scope, false) : null, null, words);
    }

    /** The latest failure among runs. */
    static @Nullable RunState lastFailed(List<RunState> runs) {
        return runs.stream()
                .filter(r -> r.status() == RunStatus.FAILED)
                .max(Comparator.comparing(r -> r.endedAt() == null ? Instant.MIN : r.endedAt()))
                .orElse(null);
    }

    private static Reference of(@Nullable RunState run, String what, String masked) {
        return new Reference(run, run == null ? what : null, masked);
    }

    private static RunState preferred(Mentions mentions, @Nullable RunState current) {
        return mentions.runs().stream()
                .filter(r ->
                        mentions.workflow() != null
                                ? r.key().workflow().equals(mentions.workflow())
                                : current != null
                                        && r.key().workflow().equals(current.key().workflow()))
                .findFirst()
                .orElse(mentions.runs().getFirst());
    }

    private static @Nullable RunState before(List<RunState> scope, @Nullable RunState current) {
        int at = current == null ? 0 : scope.indexOf(current);
        return at + 1 < scope.size() ? scope.get(at + 1) : null;
    }

    private static @Nullable RunState newest(List<RunState> scope, boolean finishedFirst) {
        return scope.stream()
                .filter(r -> !finishedFirst || r.status().terminal())
                .findFirst()
                .orElse(scope.isEmpty() ? null : scope.getFirst());
    }
}
