package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.logs.FindQuery;
import io.tailrace.desktop.logs.LineLink;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.model.Entry;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;

final class RunLinesTest {

    private static final RunKey FIRST = new RunKey("acme", "orders", "r1");
    private static final RunKey SECOND = new RunKey("acme", "orders", "r2");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final RunsModel runs = new RunsModel(() -> now, new Times(ZoneOffset.UTC));
    private final LogsModel logs = new LogsModel();
    private final RunLines lines = new RunLines(runs, logs);

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void theLogShowsTheRunThatIsDrawn() {
        assertThat(shown()).isNull();

        begins(FIRST);
        assertThat(shown()).isEqualTo(FIRST);
        begins(SECOND);
        assertThat(shown()).isEqualTo(SECOND);

        runs.select(FIRST);
        assertThat(shown()).isEqualTo(FIRST);
    }

    @Test
    void whoSeesAllRunsGoesOnSeeingThemUntilARunIsChosen() {
        begins(FIRST);
        logs.showRun(null);

        begins(SECOND);
        assertThat(shown()).isNull();

        runs.select(SECOND);
        assertThat(shown()).isEqualTo(SECOND);
    }

    @Test
    void followingTheNewestRunShowsItsLines() {
        begins(FIRST);
        begins(SECOND);
        runs.select(FIRST);

        runs.followNewest();

        assertThat(shown()).isEqualTo(SECOND);
    }

    @Test
    void theTaskThatWasChosenStaysChosen() {
        begins(FIRST);
        logs.showTask("load");
        runs.select(FIRST);
        lines.show();

        assertThat(logs.filterProperty().get().task()).isEqualTo("load");
    }

    @Test
    void aLinkToALineChoosesItsRun() {
        begins(FIRST);
        begins(SECOND);
        runs.select(FIRST);
        Tale said = new Tale(SECOND, now).logs(Level.INFO, "it is here");
        said.entries().forEach(logs::append);

        logs.find(new FindQuery(link(said.entries().getLast()), false, false));

        assertThat(runs.selected().get()).isEqualTo(SECOND);
        assertThat(shown()).isEqualTo(SECOND);
        assertThat(runs.following().get()).isFalse();
    }

    @Test
    void aLinkToALineOfARunThatNobodyKnowsLeavesTheChoiceAlone() {
        begins(FIRST);
        Tale unknown = new Tale(SECOND, now).logs(Level.INFO, "it is here");
        unknown.entries().forEach(logs::append);

        logs.find(new FindQuery(link(unknown.entries().getLast()), false, false));

        assertThat(runs.selected().get()).isEqualTo(FIRST);
        assertThat(shown()).as("the line is shown").isNotEqualTo(FIRST);
    }

    private static String link(Entry line) {
        URI gateway = URI.create("http://gateway");
        return new LineLink(gateway, line.event().channel(), line.cursor()).toString();
    }

    private void begins(RunKey run) {
        new Tale(run, now).starts().entries().forEach(runs::apply);
        now = now.plusSeconds(5);
        runs.batchEnded();
    }

    private @Nullable RunKey shown() {
        return logs.filterProperty().get().run();
    }
}
