package io.tailrace.desktop.workflow;

import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The list of runs as it is shown: filtered, in order, as a tree. FX thread only. */
public final class RunRows {

    private static final int OPEN_AT_FIRST = 8; // more runs within one are folded away

    private final ObservableList<RunRow> rows = FXCollections.observableArrayList();
    private final ObservableList<RunRow> view = FXCollections.unmodifiableObservableList(rows);
    private final StringProperty filter = new SimpleStringProperty("");
    private final ObjectProperty<RunSort> sort = new SimpleObjectProperty<>(RunSort.NEWEST);
    private final ReadOnlyBooleanWrapper refreshing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper workspaces = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper matching = new ReadOnlyIntegerWrapper();
    private final Map<RunKey, Boolean> opened = new HashMap<>(); // or folded, by hand
    private List<RunState> all = List.of(); // as last listed
    private Instant now = Instant.EPOCH;

    RunRows() {
        filter.subscribe(_ -> list());
        sort.subscribe(_ -> list());
    }

    /** The rows to show. */
    public ObservableList<RunRow> shown() {
        return view;
    }

    /** How many runs there are, shown or not. */
    public ReadOnlyIntegerProperty total() {
        return total.getReadOnlyProperty();
    }

    /** How many of them the filter lets through, folded away or not. */
    public ReadOnlyIntegerProperty matching() {
        return matching.getReadOnlyProperty();
    }

    /** Whether they are of several workspaces: then each row says of which. */
    public ReadOnlyBooleanProperty workspaces() {
        return workspaces.getReadOnlyProperty();
    }

    /** Words that the workspace, the workflow, the run or its state must contain. */
    public StringProperty filter() {
        return filter;
    }

    /** In which order the runs stand. */
    public ObjectProperty<RunSort> sort() {
        return sort;
    }

    /** Shows what stands within a run, or folds it away. */
    public void toggle(RunKey run) {
        if (searching()) {
            return; // what is found is shown with all that it stands within
        }
        RowList.row(rows, run)
                .filter(row -> row.within() > 0)
                .ifPresent(row -> {
                    opened.put(run, row.folded());
                    list();
                });
    }

    /** Makes sure that a run has a row: opens all that it stands within. */
    public void reveal(RunKey run) {
        for (RunState above : RowList.above(all, run)) {
            RowList.row(rows, above.key())
                    .filter(RunRow::folded)
                    .ifPresent(row -> toggle(row.key()));
        }
    }

    /** Whether the rows are changing now: what a list view then selects, nobody chose. */
    ReadOnlyBooleanProperty refreshing() {
        return refreshing.getReadOnlyProperty();
    }

    List<RunState> all() {
        return all;
    }

    void list(List<RunState> runs, Instant time) {
        all = runs;
        now = time;
        total.set(all.size());
        workspaces.set(
                all.stream().map(run -> run.key().workspace()).distinct().limit(2).count() > 1);
        list();
    }

    private void list() {
        Predicate<RunState> wanted = RowList.filter(filter.get());
        boolean searching = searching();
        matching.set(searching ? (int) all.stream().filter(wanted).count() : all.size());
        refreshing.set(true);
        RowList.update(
                rows,
                RunTree.rows(
                        all,
                        wanted,
                        sort.get(),
                        now,
                        (run, within) ->
                                searching
                                        || opened.getOrDefault(
                                                run.key(), within <= OPEN_AT_FIRST)));
        refreshing.set(false);
    }

    private boolean searching() {
        return !filter.get().isBlank();
    }
}
