package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.Map;

/** A chosen span of time, and the run it was chosen in. */
@ExtendWith(ApplicationExtension.class)
@Timeout(180)
class LogsSpanTest {

    private static final RunKey FIRST = new RunKey("acme", "orders", "r1");
    private static final RunKey SECOND = new RunKey("acme", "orders", "r2");

    private final FxRobot robot = new FxRobot();
    private final LogsModel model = new LogsModel();

    @Start
    void start(Stage stage) {
        LogsPaneTest.show(stage, new LogsPane(model, _ -> {}));
    }

    /** Ten lines of each run, one after the other. */
    @BeforeEach
    void publish() {
        robot.interact(() -> {
            model.show(LineFilter.all().withLevel(Level.DEBUG));
            for (int i = 1; i <= 20; i++) {
                Subject run = i <= 10 ? Lines.RUN : Subject.ofRun("acme", "orders", "r2");
                model.append(Lines.entry(i, Level.INFO, "line " + i, null, run, Map.of()));
            }
        });
        await().until(() -> model.statusProperty().get().shown() == 20);
    }

    @AfterEach
    void close() {
        robot.interact(model::close);
    }

    @Test
    void theSpanOfARunGoesWithIt() {
        robot.interact(() -> {
            model.showRun(FIRST);
            model.show(filter().withTime(span(2, 5)));
            model.showRun(FIRST);
        });
        assertThat(filter().time()).as("the same run").isEqualTo(span(2, 5));
        robot.interact(() -> model.showRun(SECOND));
        assertThat(filter().time()).isEqualTo(TimeRange.ALL);
        await().until(() -> model.statusProperty().get().shown() == 10);
    }

    @Test
    void aSpanInWhichTheOtherRunHasLinesStays() {
        robot.interact(() -> {
            model.showRun(FIRST);
            model.show(filter().withTime(span(8, 12)));
            model.showRun(SECOND);
        });
        assertThat(filter().time()).isEqualTo(span(8, 12));
        robot.interact(() -> {
            model.show(filter().withTime(new TimeRange(span(8, 12).from(), Long.MAX_VALUE)));
            model.showRun(new RunKey("acme", "orders", "begins now"));
        });
        assertThat(filter().time().isAll()).as("lines may come").isFalse();
    }

    @Test
    void anEmptySpanIsNamedAndCanBeDroppedAlone() {
        robot.interact(() -> {
            model.showRun(SECOND);
            model.show(filter().withTime(span(2, 5)));
        });
        await().until(() -> model.statusProperty().get().shown() == 0 && !model.busy());
        Label sentence =
                robot.lookup(n -> n instanceof Label l && l.getText().startsWith("Nothing from"))
                        .queryAs(Label.class);
        assertThat(sentence.getText())
                .isEqualTo(
                        "Nothing from " + LogsFilterBar.words(span(2, 5)) + " passes the filter.");
        Button all = robot.lookup("Show all").queryButton();
        assertThat(all.isVisible()).isFalse();

        robot.clickOn("Show all times");
        await().until(() -> model.statusProperty().get().shown() == 10);
        assertThat(filter()).isEqualTo(LineFilter.all().withLevel(Level.DEBUG).withRun(SECOND));
        robot.interact(() -> model.showTask("none"));
        await().until(() -> model.statusProperty().get().shown() == 0);
        assertThat(all.isVisible()).isTrue();
    }

    private LineFilter filter() {
        return model.filterProperty().get();
    }

    private static TimeRange span(int from, int to) {
        long begin = Lines.START.toEpochMilli();
        return new TimeRange(begin + from * 1037L, begin + to * 1037L);
    }
}
