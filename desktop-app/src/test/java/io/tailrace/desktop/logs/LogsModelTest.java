package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Cursor;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@Timeout(180)
class LogsModelTest {

    private LogsModel model = new LogsModel();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void opensTheLineNearestToAnEntryThatIsNone() {
        Subject load = Lines.RUN.withTask("load", 1);
        model.append(Lines.entry(1, Level.INFO, "of the run"));
        model.append(Lines.entry(2, Level.INFO, "begins", null, load, Map.of()));
        model.append(Lines.entry(4, Level.ERROR, "failed", null, load, Map.of()));
        model.append(Lines.entry(9, Level.INFO, "again", null, load, Map.of()));
        RunKey run = new RunKey("acme", "orders", "r1");

        assertThat(model.openNear(new Cursor("e1", 8), run, "load", Level.ERROR)).isTrue();
        assertThat(status().following()).isTrue();
        Lines.settle(model);
        assertThat(model.screen().selection()).isEqualTo(LineSelection.at(Lines.at(3), 0));
        assertThat(status().following()).isFalse();
        assertThat(model.openNear(new Cursor("e1", 8), run, "load", Level.INFO)).isTrue();
        assertThat(model.screen().selection()).isEqualTo(LineSelection.at(Lines.at(8), 0));
        assertThat(model.openNear(new Cursor("e1", 3), run, "none", Level.INFO)).isTrue();
        assertThat(model.screen().selection()).isEqualTo(LineSelection.at(Lines.at(1), 0));
        RunKey other = new RunKey("acme", "orders", "other");
        assertThat(model.openNear(new Cursor("e1", 3), other, null, Level.INFO)).isFalse();
    }

    @Test
    void showsInfoAndUpAndCountsAll() {
        long position = 0;
        for (Level level : Level.values()) {
            model.append(Lines.entry(++position, level, level.name()));
        }
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(2L, 3L, 4L);
        assertThat(status().held()).isEqualTo(5);
        assertThat(status().shown()).isEqualTo(3);

        model.showLevel(Level.TRACE);
        Lines.settle(model);
        assertThat(Lines.shown(model)).hasSize(5);
    }

    @Test
    void filtersByRunAndTaskWhileLinesArrive() {
        Subject[] subjects = {
            Lines.RUN,
            Lines.RUN.withTask("load", 1),
            Subject.ofRun("acme", "orders", "r2").withTask("load", 1),
            Subject.NONE
        };
        model.show(LineFilter.DEFAULT.withLoose(false));
        model.showRun(new RunKey("acme", "orders", "r1"));
        for (int i = 0; i < 40; i++) {
            model.append(line(i, subjects[i % 4]));
            if (i % 3 == 0) {
                model.pulse();
            }
        }
        Lines.settle(model);
        assertThat(Lines.shown(model)).hasSize(20).allMatch(line -> line % 4 < 2);

        model.showTask("load");
        model.append(line(41, subjects[1]));
        Lines.settle(model);
        assertThat(Lines.shown(model)).hasSize(11).endsWith(37L, 41L);

        model.showRun(null);
        Lines.settle(model);
        assertThat(Lines.shown(model)).as("another run, all its tasks").hasSize(41);
    }

    private static io.tailrace.model.Entry line(int i, Subject subject) {
        return Lines.entry(i + 1, Level.INFO, "line " + i, null, subject, Map.of());
    }

    @Test
    void whatIsReadStaysWhileLinesArriveAndFollowGoesToTheNewest() {
        Lines.addAll(model, numbered(0, 100));
        model.view().viewport().resize(10);
        Lines.settle(model);
        assertThat(top()).isEqualTo(90);

        model.screen().scroll(-5);
        Lines.addAll(model, numbered(100, 300));
        assertThat(top()).isEqualTo(85);
        assertThat(status().following()).isFalse();
        assertThat(status().unseen()).isEqualTo(200);

        model.follow();
        Lines.settle(model);
        assertThat(top()).isEqualTo(290);
        assertThat(status().unseen()).isZero();

        model.screen().scroll(-1);
        model.screen().scroll(5);
        Lines.settle(model);
        assertThat(status().following()).as("reaching the end follows").isTrue();
    }

    @Test
    void scrollingUpWhereEverythingFitsGoesOnFollowing() {
        Lines.addAll(model, numbered(0, 3));
        model.view().viewport().resize(10);
        model.screen().scroll(-3);
        Lines.settle(model);
        assertThat(status().following()).isTrue();
    }

    @Test
    void anotherFilterKeepsTheLineAtTheUpperEdge() {
        for (int i = 0; i < 1000; i++) {
            model.append(Lines.entry(i + 1, i % 10 == 0 ? Level.ERROR : Level.INFO, "l" + i));
        }
        model.view().viewport().resize(10);
        Lines.settle(model);
        model.view().viewport().jump(500);
        model.showLevel(Level.ERROR);
        Lines.settle(model);
        assertThat(model.view().lines().get(top())).isEqualTo(Lines.at(500));
        model.showLevel(Level.INFO);
        Lines.settle(model);
        assertThat(top()).isEqualTo(500);
    }

    @Test
    void opensACitationEvenWhereAFilterHidesIt() {
        for (int i = 0; i < 500; i++) {
            model.append(Lines.entry(1000 + i, i == 77 ? Level.DEBUG : Level.INFO, "l" + i));
        }
        model.showRun(new RunKey("acme", "orders", "other"));
        model.view().viewport().resize(10);
        Lines.settle(model);

        assertThat(model.open(new Cursor("e1", 1077))).isTrue();
        Lines.settle(model);

        assertThat(model.filterProperty().get().level()).isEqualTo(Level.DEBUG);
        assertThat(model.filterProperty().get().run())
                .isEqualTo(new RunKey("acme", "orders", "r1"));
        assertThat(model.screen().selection()).isEqualTo(LineSelection.at(Lines.at(1076), 0));
        assertThat(top()).isBetween(68L, 77L);
        assertThat(model.open(new Cursor("e1", 999))).isFalse();
        assertThat(model.open(new Cursor("e2", 1077))).isFalse();
    }

    @Test
    void aGapStandsBetweenTheLinesItFellBetween() {
        model.append(Lines.entry(1, Level.INFO, "before"));
        model.gap(Lines.gap(1, 9));
        model.append(Lines.entry(10, Level.INFO, "after"));
        model.showLevel(Level.ERROR);
        Lines.settle(model);
        assertThat(Lines.shown(model)).as("a notice passes every filter").containsExactly(8L);
        assertThat(LogLine.text(model.store(), Lines.at(8) + 1))
                .isEqualTo(
                        "Entries of logs:acme:orders after e1-1 up to e1-9 are missing"
                                + " (retention).");
    }

    @Test
    void selectAllCopiesExactlyWhatWasPublished() {
        List<String> published =
                List.of(
                        "first",
                        "",
                        "zwei\r\nlines",
                        "日本 👩‍👩‍👧",
                        "\ttab\u001b",
                        "end\n",
                        "last");
        Lines.addAll(model, published);
        model.screen().selectAll();
        assertThat(model.screen().copy()).hasValue(String.join("\n", published));
    }

    @Test
    void selectionTakesColumnsAtItsEndsAndDetailsBetween() {
        model.append(
                Lines.entry(1, Level.INFO, "hello", "trace\n\tat x", Lines.RUN, Map.of("a", 1)));
        Lines.addAll(model, List.of("middle", "world wide"));
        LineAnchor from = new LineAnchor(Lines.at(0), 2);
        LineAnchor to = new LineAnchor(Lines.at(2), 5);

        model.screen().select(new LineSelection(from, to));
        assertThat(model.screen().copy()).hasValue("llo\ntrace\n\tat x\nmiddle\nworld");
        model.screen().select(new LineSelection(to, from));
        assertThat(model.screen().copy()).hasValue("llo\ntrace\n\tat x\nmiddle\nworld");
        model.screen().select(new LineSelection(from, new LineAnchor(Lines.at(0), 4)));
        assertThat(model.screen().copy()).hasValue("ll");
        model.screen().select(LineSelection.at(Lines.at(1), 3));
        assertThat(model.screen().copy())
                .as("no text selected: the current line")
                .hasValue("middle");
        model.screen().select(null);
        assertThat(model.screen().copy()).isEmpty();
    }

    @Test
    void stepsThroughErrorsAmongTheShownLinesAndSaysWhenThereAreNoMore() {
        for (int i = 0; i < 100; i++) {
            model.append(Lines.entry(i + 1, i == 20 || i == 60 ? Level.ERROR : Level.INFO, "l"));
        }
        Lines.settle(model);
        model.seekLevel(Level.ERROR, true);
        assertThat(caret()).as("from the newest lines back").isEqualTo(60);
        model.seekLevel(Level.ERROR, false);
        assertThat(caret()).isEqualTo(20);
        model.seekLevel(Level.ERROR, false);
        Lines.settle(model);
        assertThat(caret()).isEqualTo(20);
        assertThat(status().notice()).isEqualTo("No earlier error.");
        model.seekLevel(Level.WARN, true);
        assertThat(caret()).isEqualTo(60);
        assertThat(status().following()).isFalse();
    }

    @Test
    void theCurrentLineMovesByKeysAndDrawsTheSelection() {
        Lines.addAll(model, numbered(0, 50));
        model.view().viewport().resize(10);
        Lines.settle(model);
        model.screen().moveCurrent(-1, false);
        assertThat(caret()).isEqualTo(49);
        model.screen().moveCurrent(-30, false);
        Lines.settle(model);
        assertThat(caret()).isEqualTo(19);
        model.screen().moveCurrent(2, true);
        assertThat(model.screen().copy()).hasValue("line 19\nline 20\nline 21");
        model.screen().moveCurrent(-4, true);
        assertThat(model.screen().copy()).hasValue("line 17\nline 18\nline 19");
        model.screen().moveCurrent(-1000, false);
        assertThat(caret()).isZero();
    }

    @Test
    void linesThatAreNoLongerHeldAreCountedAndTheScreenGoesOn() {
        model = new LogsModel(new LogStore(1 << 20, 1 << 16));
        model.view().viewport().resize(10);
        Lines.addAll(model, numbered(0, 2_000));
        model.view().viewport().jump(5);
        model.find(new FindQuery("line 9", false, false));
        Lines.addAll(model, numbered(2_000, 100_000));
        assertThat(status().gone()).isPositive().isEqualTo(100_000 - status().held());
        assertThat(top()).as("the marker's row").isEqualTo(model.view().lines().first() - 1);
        assertThat(Lines.matches(model))
                .allMatch(line -> model.store().holds(Lines.at(line)))
                .isNotEmpty();
        assertThat(model.open(new Cursor("e1", 1))).isFalse();
    }

    private LogsStatus status() {
        return model.statusProperty().get();
    }

    private long top() {
        return (long) model.view().viewport().top();
    }

    private long caret() {
        Lines.settle(model);
        LineSelection selection = model.screen().selection();
        return selection == null ? -1 : LineKey.position(selection.caret().line()) - 1;
    }

    private static List<String> numbered(int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add("line " + i);
        }
        return lines;
    }
}
