package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Cursor;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

/** Lines of no run, beside those of the run that is chosen. */
@Timeout(180)
class LooseLinesTest {

    private static final RunKey SECOND = new RunKey("acme", "orders", "r2");

    private final LogsModel model = new LogsModel();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void thoseFromLongBeforeTheRunDoNotHeadItsLog() {
        publish(1, Subject.NONE);
        publish(2, Lines.RUN);
        publish(18, Subject.NONE);
        publish(20, run("r2"));
        publish(21, Subject.NONE);
        model.showRun(SECOND);
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(17L, 19L, 20L);
        assertThat(model.view().times().earliest()).isEqualTo(model.store().time(Lines.at(17)));
        model.find(new FindQuery("line", false, false));
        Lines.settle(model);
        assertThat(Lines.matches(model)).containsExactly(17L, 19L, 20L);
        assertThat(model.filterProperty().get()).isEqualTo(LineFilter.DEFAULT.withRun(SECOND));

        model.showRun(null);
        Lines.settle(model);
        assertThat(Lines.shown(model)).hasSize(5);
    }

    @Test
    void aRunThatWasChosenBeforeItsFirstLineLosesThemThen() {
        publish(1, Subject.NONE);
        model.showRun(SECOND);
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(0L);
        publish(20, run("r2"));
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(19L);
    }

    @Test
    void theyComeBackWithOlderLinesOfTheRun() {
        publish(2, Subject.NONE);
        publish(20, run("r2"));
        model.showRun(SECOND);
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(19L);
        publish(1, run("r2"));
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(0L, 1L, 19L);
    }

    @Test
    void whoOpensOneSeesIt() {
        publish(1, Subject.NONE);
        publish(20, run("r2"));
        model.showRun(SECOND);
        Lines.settle(model);
        assertThat(model.open(new Cursor("e1", 1))).isTrue();
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(0L, 19L);
        assertThat(model.screen().current()).isEqualTo(Lines.at(0));
    }

    private static Subject run(String id) {
        return Subject.ofRun("acme", "orders", id);
    }

    private void publish(int position, Subject subject) {
        model.append(
                Lines.entry(position, Level.INFO, "line " + position, null, subject, Map.of()));
    }
}
