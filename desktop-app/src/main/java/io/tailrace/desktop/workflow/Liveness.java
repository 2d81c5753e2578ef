package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.Cursor;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What can be said of runs that did not end: one of which nothing was heard for long may be dead,
 * and nobody knows how it gets on. Any entry of the run, or of a run that it started, is a sign of
 * life. FX thread only.
 */
final class Liveness {

    /** After so long without a word a run counts as silent. */
    static final Duration SILENT_AFTER = Duration.ofMinutes(2);

    private static final int MAX_DEPTH = 16; // of runs that started each other

    private final Hearing hearing;
    private final Supplier<Instant> now;
    private final Times times;
    private Map<RunKey, Heard> heard = Map.of();

    /**
     * When a live run was heard of.
     *
     * @param by the latest entry about it
     * @param at by this machine's clock where that is known, else by the publisher's
     * @param last by the publisher's clock, like all its times
     */
    private record Heard(Cursor by, Instant at, Instant last) {

        Heard and(Heard within) {
            return new Heard(by, later(at, within.at), later(last, within.last));
        }
    }

    Liveness(Hearing hearing, Supplier<Instant> now, Times times) {
        this.hearing = hearing;
        this.now = now;
        this.times = times;
    }

    /** Notes which runs were heard of since it was called last; keeps nothing of other runs. */
    void look(List<RunState> runs) {
        Instant time = now.get();
        Map<RunKey, Heard> before = heard;
        Map<RunKey, Heard> next = new HashMap<>();
        for (RunState run : runs) {
            if (run.status() == RunStatus.RUNNING) {
                next.put(run.key(), heard(run, before.get(run.key()), time));
            }
        }
        heard = next;
        List<RunState> within = runs.stream().filter(run -> run.parent() != null).toList();
        Map<RunKey, RunState> known =
                within.stream().collect(Collectors.toMap(RunState::key, Function.identity()));
        within.forEach(run -> tellThoseAbove(run, known, next));
    }

    /** What came long ago may come now: right after connecting only what it says of time counts. */
    private Heard heard(RunState run, @Nullable Heard before, Instant time) {
        Instant said = run.updatedAt();
        if (before != null && before.by.equals(run.reportedBy())) {
            return before;
        }
        Instant at = hearing.settled(time) || said.isAfter(time) ? time : said;
        Heard fresh = new Heard(run.reportedBy(), at, said);
        return before == null ? fresh : fresh.and(before);
    }

    private static void tellThoseAbove(
            RunState run, Map<RunKey, RunState> within, Map<RunKey, Heard> heard) {
        Heard own = heard.get(run.key());
        Heard sign =
                own == null ? new Heard(run.reportedBy(), run.updatedAt(), run.updatedAt()) : own;
        RunState above = run;
        for (int i = 0; i < MAX_DEPTH && above != null && above.parent() != null; i++) {
            heard.computeIfPresent(above.parent(), (_, known) -> known.and(sign));
            above = within.get(above.parent());
        }
    }

    /** When a run said its last word; null unless it goes on and was silent for long. */
    @Nullable Instant silentSince(RunState run) {
        if (run.status() != RunStatus.RUNNING) {
            return null;
        }
        Heard known = heard.get(run.key());
        Instant at = known == null ? run.updatedAt() : known.at;
        boolean silent = Duration.between(at, now.get()).compareTo(SILENT_AFTER) > 0;
        return !silent ? null : known == null ? at : known.last;
    }

    /** What time it is for a run: of a silent one nothing is known after its last word. */
    Instant time(@Nullable RunState run) {
        Instant silent = run == null ? null : silentSince(run);
        return silent == null ? now.get() : silent;
    }

    /** {@code running 63 %}, {@code silent since 02:54}. */
    String state(RunState run) {
        Instant since = silentSince(run);
        return since == null
                ? asOf(run, RunWords.state(run))
                : text("workflow.silent", times.when(since, now.get()));
    }

    /** What is said of a live run; says when it was true while the gateway is not heard. */
    String asOf(RunState run, String words) {
        String then = asOf(run);
        return then.isEmpty() ? words : text("workflow.then", words, then);
    }

    /** {@code as of 02:17:10} for a live run while the gateway is not heard, otherwise empty. */
    String asOf(RunState run) {
        boolean known = hearing.heard() || run.status().terminal() || silentSince(run) != null;
        return known ? "" : text("workflow.asOf", times.second(now.get()));
    }

    /** The colour of that. */
    Tone tone(RunState run) {
        return silentSince(run) == null ? RunWords.tone(run.status()) : Tone.WARN;
    }

    /** For narrow places: {@code silent 12 m}; empty when it is not. */
    String silentFor(RunState run) {
        Instant since = silentSince(run);
        Instant time = now.get();
        return since == null
                ? ""
                : text("workflow.silentFor", Durations.brief(Duration.between(since, time)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
