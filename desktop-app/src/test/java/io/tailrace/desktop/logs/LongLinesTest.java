package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;

import javafx.scene.Node;
import javafx.stage.Stage;

import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Lines too long for the screen, and the bar that comes with them. */
@ExtendWith(ApplicationExtension.class)
@Timeout(180)
class LongLinesTest {

    private final FxRobot robot = new FxRobot();
    private final LogsModel model = new LogsModel();
    private @Nullable LogsPane started;
    private long position;

    @Start
    void start(Stage stage) {
        LogsPane pane = new LogsPane(model, _ -> {});
        started = pane;
        LogsPaneTest.show(stage, pane);
    }

    @AfterEach
    void close() {
        robot.interact(model::close);
    }

    @Test
    void theNewestRowStandsAboveTheBar() {
        publish(500, "short");
        await().until(() -> screen().end() == 500);
        assertThat(bar().isVisible()).isFalse();
        publish(1, "long ".repeat(200));
        await().until(bar()::isVisible);
        assertThat(bottomOfNewest()).isCloseTo(bar().getLayoutY(), offset());

        publish(200, "short");
        await().until(() -> screen().end() == 701 && !bar().isVisible());
        assertThat(bottomOfNewest()).as("no row jumps").isCloseTo(bar().getLayoutY(), offset());
        assertThat(screen().following()).isTrue();
    }

    @Test
    void noRowMovesUnderWhoReadsWhenTheBarComes() {
        publish(1, "long ".repeat(200));
        publish(500, "short");
        await().until(() -> screen().end() == 501);
        robot.interact(() -> {
            model.screen().pause();
            model.screen().select(LineSelection.at(model.view().lineAt(500), 0));
        });
        double top = screen().top();
        publish(40, "long ".repeat(200));
        robot.interact(() -> model.screen().scroll(2));
        await().until(bar()::isVisible);
        assertThat(screen().top()).isEqualTo(top + 2);
    }

    @Test
    void otherLinesGiveTheRoomBack() {
        publish(500, "short");
        publish(1, "long ".repeat(200));
        await().until(bar()::isVisible);
        double height = pane().surface().getHeight();
        assertThat(screen().rows() * row()).isLessThan(height - 5);
        robot.interact(() ->
                model.show(
                        LineFilter.DEFAULT.with(
                                TextCondition.text(new FindQuery("short", false, true)))));
        await().until(() -> !bar().isVisible());
        await().until(() -> Math.abs(screen().rows() * row() - height) < 0.1);
    }

    @Test
    void theReasonOfAFailureCanBeReadToItsEnd() {
        publish(3, "short");
        await().until(() -> screen().end() == 3);
        Header header = Header.of(Lines.CHANNEL, Lines.START, Lines.RUN.withTask("load", 1));
        Event failed = new Event.Failed(header, "no such file ".repeat(100), null, false);
        robot.interact(() -> model.fact(new Entry(new Cursor("e1", ++position), failed)));
        await().until(bar()::isVisible);
        robot.interact(() -> pane().surface().scrollSideways(10_000));
        int beyond = pane().surface().scrolled();
        assertThat(beyond).isBetween(1300 - 120, 1300 + 60);
    }

    private static Offset<Double> offset() {
        return Offset.offset(0.1);
    }

    private double bottomOfNewest() {
        double[] bottom = new double[1];
        robot.interact(() -> bottom[0] = (screen().below(screen().end() - 1) + 1) * row());
        return bottom[0];
    }

    private double row() {
        return pane().surface().rowHeight();
    }

    private Viewport screen() {
        return model.view().viewport();
    }

    private Node bar() {
        List<Node> bars = new ArrayList<>();
        robot.interact(() -> bars.add(pane().surface().lookup(".logs-horizontal")));
        return bars.getFirst();
    }

    private void publish(int lines, String text) {
        robot.interact(() -> {
            for (int i = 0; i < lines; i++) {
                model.append(Lines.entry(++position, Level.INFO, text));
            }
        });
    }

    private LogsPane pane() {
        return Objects.requireNonNull(started);
    }
}
