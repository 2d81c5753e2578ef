package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

class LivenessTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

    private Instant now = START;
    private final RunsModel model = new RunsModel(() -> now, new Times(ZoneOffset.UTC));

    @Test
    void aRunThatSaysNothingForLongIsSilentUntilItSaysSomething() {
        show(tale("a", 0).starts().runs("load", 1).progress("load", 1, 40, null));
        at(120);
        assertThat(header().state()).startsWith("running");
        assertThat(model.forecast().tasks()).containsKey("load");

        at(721);
        assertThat(header().state()).isEqualTo("silent since 02:00");
        assertThat(header().tone()).isEqualTo(Tone.WARN);
        assertThat(header().elapsed()).isEqualTo("0 ms");
        assertThat(header().canCancel()).isTrue();
        assertThat(model.forecast()).isEqualTo(Forecast.NONE);
        assertThat(model.time()).isEqualTo(START);
        assertThat(model.liveness().silentFor(chosen())).isEqualTo("silent 12 m");

        show(tale("a", 722).logs(Level.INFO, "x"));
        assertThat(header().state()).startsWith("running");
        assertThat(header().tone()).isEqualTo(Tone.ACCENT);
        assertThat(header().elapsed()).isEqualTo("12 m 1 s");
    }

    @Test
    void aSilentRunHasNoEtaAndIsNotLate() {
        for (int i = 1; i <= 3; i++) {
            Tale good = tale("good" + i, -1_000 * i).starts().runs("load", 1);
            show(good.at(-1_000 * i + 300).completes("load", 1, 5L).ends(RunStatus.SUCCEEDED, ""));
        }
        show(tale("a", 0).starts().runs("load", 1));
        assertThat(header().eta()).isEqualTo("eta 02:05:00");
        at(150);
        assertThat(header().eta()).isEmpty();
        assertThat(header().late()).isEmpty();
    }

    @Test
    void whatEndedOrWaitsForPeopleIsNotSilent() {
        show(tale("a", 0).starts().says("paused"));
        at(3_600);
        assertThat(header().state()).isEqualTo("paused");

        show(tale("a", 3_600).ends(RunStatus.SUCCEEDED, null));
        at(90_000);
        assertThat(header().state()).isEqualTo("done");
    }

    @Test
    void aRunOfLongAgoIsSilentAtOnceForAConsoleThatHasJustBegun() {
        model.hears(false);
        model.hears(true);
        RunKey old = key("old");
        Instant longAgo = START.minusSeconds(1_844 * 86_400L);
        show(new Tale(old, longAgo).starts().logs(Level.INFO, "x"));

        assertThat(header().state()).isEqualTo("silent since 3 Nov 2021");
        assertThat(header().elapsed()).isEqualTo("0 ms");

        at(60);
        show(new Tale(old, longAgo).logs(Level.INFO, "comes now, whatever its clock says"));
        assertThat(header().state()).isEqualTo("running");
    }

    @Test
    void aSnapshotTellsWhenItsRunsWereHeardLast() {
        show(tale("a", 0).starts());
        RunState run = chosen();
        at(600);
        Header header = Header.of(Channel.session("s"), now, Subject.NONE);
        model.hears(false);
        model.hears(true);
        model.batchEnded();
        model.snapshot(new Event.Snapshot(header, Tale.nextCursor(), List.of(run)));
        model.batchEnded();

        assertThat(header().state()).isEqualTo("silent since 02:00");
    }

    @Test
    void aRunWhoseStartedRunsSpeakIsNotSilent() {
        show(tale("above", 0).starts());
        RunKey within = key("within");
        show(new Tale(within, START).at(1).startedBy(key("above")));
        model.select(key("above"));
        at(600);
        assertThat(header().state()).startsWith("silent");

        show(new Tale(within, START).at(600).logs(Level.INFO, "x"));
        at(602);
        assertThat(header().state()).isEqualTo("running");
    }

    private RunHeader header() {
        return Objects.requireNonNull(model.header().get());
    }

    private RunState chosen() {
        return Objects.requireNonNull(model.chosen().get());
    }

    private void at(long second) {
        now = START.plusSeconds(second);
        model.batchEnded();
    }

    private void show(Tale tale) {
        tale.entries().forEach(model::apply);
        now = now.plusMillis(200);
        model.batchEnded();
    }

    private static RunKey key(String run) {
        return new RunKey("acme", "nightly", run);
    }

    private static Tale tale(String run, double second) {
        return new Tale(key(run), START).at(second);
    }
}
