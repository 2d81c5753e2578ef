package io.tailrace.desktop.workflow;

import io.tailrace.desktop.state.ViewState;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What of the list of runs outlives the console: filter, order, and the run that was chosen. */
public final class RunsMemory {

    private static final String FILTER = "runs.filter";
    private static final String SORT = "runs.sort";
    private static final String CHOSEN = "runs.chosen";

    private RunsMemory() {}

    /** How it stands, in the rest of a view. */
    public static ViewState into(RunsModel runs, ViewState view) {
        RunKey key = runs.following().get() ? null : runs.selected().get();
        return choosing(
                key,
                view.with(FILTER, runs.rows().filter().get())
                        .with(SORT, runs.rows().sort().get().name()));
    }

    /** The same view with another run chosen; with none for the newest one. */
    public static ViewState choosing(@Nullable RunKey run, ViewState view) {
        return view.with(
                CHOSEN,
                run == null ? List.of() : List.of(run.workspace(), run.workflow(), run.run()));
    }

    /** Brings it back; what cannot be understood stays as it is at first. */
    public static void restore(RunsModel runs, ViewState view) {
        runs.rows().filter().set(view.text(FILTER, ""));
        for (RunSort sort : RunSort.values()) {
            if (sort.name().equals(view.text(SORT, ""))) {
                runs.rows().sort().set(sort);
            }
        }
        List<String> key = view.list(CHOSEN);
        if (key.size() == 3) {
            runs.select(new RunKey(key.get(0), key.get(1), key.get(2)));
        }
    }
}
