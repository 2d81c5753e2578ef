package io.tailrace.desktop.workflow;

import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;

import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/** What the list of runs shows. */
final class RowList {

    private RowList() {}

    /** The runs that contain every word of the filter. */
    static List<RunState> filtered(List<RunState> runs, String filter) {
        String[] words = filter.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (words.length == 1 && words[0].isEmpty()) {
            return runs;
        }
        return runs.stream().filter(run -> matches(run, words)).toList();
    }

    /**
     * Makes the rows what they should be with few changes: where the same runs stand in the same
     * order, only those that changed are replaced.
     */
    static void update(ObservableList<RunState> rows, List<RunState> wanted) {
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
        int at = indexOf(runs, followed);
        boolean older = newest != null && at >= 0 && at < runs.indexOf(newest);
        return older ? runs.get(at) : newest;
    }

    /** Where the run stands in the rows; -1 when it is not shown. */
    static int indexOf(List<RunState> rows, @Nullable RunKey key) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean sameRuns(List<RunState> rows, List<RunState> wanted) {
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
                (run.key() + " " + run.status().wireName() + " " + RunWords.problem(run))
                        .toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
