package io.tailrace.desktop.workflow;

import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;

import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What the list of runs shows. */
final class RowList {

    private static final int MAX_DEPTH = 100;

    private RowList() {}

    /** The runs that contain every word of the filter. */
    static Predicate<RunState> filter(String filter) {
        String[] words = filter.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        return words.length == 1 && words[0].isEmpty() ? _ -> true : run -> matches(run, words);
    }

    /** The runs that a run stands within, the topmost first. */
    static List<RunState> above(List<RunState> all, RunKey key) {
        Deque<RunState> above = new ArrayDeque<>();
        Optional<RunState> run = find(all, key);
        while (run.isPresent() && run.get().parent() != null && above.size() < MAX_DEPTH) {
            run = find(all, run.get().parent());
            run.ifPresent(above::addFirst);
        }
        return List.copyOf(above);
    }

    /** The run that repeats another one and began after a time; null when there is none. */
    static @Nullable RunState retryOf(List<RunState> all, RunKey key, Instant after) {
        return all.stream()
                .filter(run -> key.run().equals(run.retryOf()))
                .filter(run -> run.key().workspace().equals(key.workspace()))
                .filter(run -> run.key().workflow().equals(key.workflow()))
                .filter(run -> run.startedAt() != null && run.startedAt().isAfter(after))
                .findFirst()
                .orElse(null);
    }

    /** The row of a run. */
    static Optional<RunRow> row(List<RunRow> rows, RunKey key) {
        return rows.stream().filter(row -> row.key().equals(key)).findFirst();
    }

    private static Optional<RunState> find(List<RunState> all, RunKey key) {
        return all.stream().filter(run -> run.key().equals(key)).findFirst();
    }

    /**
     * Makes the rows what they should be with few changes: where the same runs stand in the same
     * order, only those that changed are replaced.
     */
    static void update(ObservableList<RunRow> rows, List<RunRow> wanted) {
        if (!sameRuns(rows, wanted)) {
            rows.setAll(wanted);
            return;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!rows.get(i).equals(wanted.get(i))) {
                rows.set(i, wanted.get(i));
            }
        }
    }

    /** The live run that began last; without live runs the newest of all; null without runs. */
    static @Nullable RunState newestLive(List<RunState> runs) {
        for (RunState run : runs) {
            if (!run.status().terminal()) {
                return run;
            }
        }
        return runs.isEmpty() ? null : runs.getFirst();
    }

    /**
     * The run to follow: the newest live one, but no older one than that which is followed:
     * somebody who looks at what has just ended is not taken to a run that was forgotten long ago.
     */
    static @Nullable RunState next(List<RunState> runs, @Nullable RunKey followed) {
        RunState newest = newestLive(runs);
        int at = place(runs, followed);
        boolean older = newest != null && at >= 0 && at < runs.indexOf(newest);
        return older ? runs.get(at) : newest;
    }

    /** Where the run stands in the rows; -1 when it is not shown. */
    static int indexOf(List<RunRow> rows, @Nullable RunKey key) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static int place(List<RunState> runs, @Nullable RunKey key) {
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean sameRuns(List<RunRow> rows, List<RunRow> wanted) {
        if (rows.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).key().equals(wanted.get(i).key())) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(RunState run, String[] words) {
        String text =
                String.join(
                                " ",
                                run.key().toString(),
                                run.status().wireName(),
                                RunWords.word(run.status()),
                                RunWords.problem(run))
                        .toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
