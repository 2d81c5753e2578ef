package io.tailrace.desktop.workflow;

import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What earlier runs say of the chosen one, and what it says of its own time. FX thread only. */
final class Outlook {

    private final ReadOnlyStringWrapper baselineSentence = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper idleSentence = new ReadOnlyStringWrapper("");
    private List<RunKey> comparable = List.of();
    private @Nullable Baseline baseline;
    private Forecast forecast = Forecast.NONE;
    private IdleGaps idle = IdleGaps.NONE;

    void look(@Nullable RunState run, List<RunState> all, Liveness liveness) {
        List<RunState> good = run == null ? List.of() : Baseline.comparable(all, run);
        List<RunKey> keys = good.stream().map(RunState::key).toList();
        if (!keys.equals(comparable)) {
            comparable = keys;
            baseline = Baseline.of(good).orElse(null);
            baselineSentence.set(baseline == null ? "" : baseline.sentence());
        }
        idle = run == null ? IdleGaps.NONE : IdleGaps.of(run, liveness.time(run));
        idleSentence.set(idle.sentence());
        forecast =
                run == null || liveness.silentSince(run) != null
                        ? Forecast.NONE // nothing is expected of what may be dead
                        : Forecast.of(run, baseline, liveness.time(run));
    }

    @Nullable Baseline baseline() {
        return baseline;
    }

    Forecast forecast() {
        return forecast;
    }

    IdleGaps idle() {
        return idle;
    }

    /** What the grey behind the bars means; empty when there is none. */
    ReadOnlyStringProperty baselineSentence() {
        return baselineSentence.getReadOnlyProperty();
    }

    /** How long no task was active, in words; empty when one always was. */
    ReadOnlyStringProperty idleSentence() {
        return idleSentence.getReadOnlyProperty();
    }
}
