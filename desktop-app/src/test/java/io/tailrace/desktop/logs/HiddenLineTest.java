package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Cursor;
import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

/** What keys act on when a filter hides the current line. */
@Timeout(180)
class HiddenLineTest {

    private final LogsModel model = new LogsModel();
    private final LogsActions does = new LogsActions(model);

    /** Lines 0 to 59; 20 and 40 are errors. */
    @BeforeEach
    void publish() {
        for (int i = 0; i < 60; i++) {
            Level level = i == 20 || i == 40 ? Level.ERROR : Level.INFO;
            model.append(Lines.entry(i + 1, level, level + " " + i % 10 + "\nmore"));
        }
        Lines.settle(model);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void theNextLineThatIsShownTakesThePlaceOfAHiddenOne() {
        select(10);
        errorsOnly();
        assertThat(current()).isEqualTo(20);
        model.seekLevel(Level.ERROR, true);
        assertThat(current()).isEqualTo(40);
        model.seekLevel(Level.ERROR, false);
        assertThat(current()).isEqualTo(20);
    }

    @Test
    void elseTheLineBeforeIt() {
        select(55);
        errorsOnly();
        assertThat(current()).isEqualTo(40);
        does.toggleBookmark();
        assertThat(model.notes().bookmarks().all()).isEqualTo(Map.of(new Cursor("e1", 41), ""));
        does.toggleFold();
        assertThat(model.view().folds().unfolded(Lines.at(40))).isTrue();
        model.seekLevel(Level.ERROR, false);
        assertThat(current()).isEqualTo(20);
    }

    @Test
    void whereNothingIsShownNoLineIsCurrent() {
        select(10);
        model.show(LineFilter.DEFAULT.withTask("none"));
        Lines.settle(model);
        assertThat(model.screen().selection()).isNull();
        does.toggleBookmark();
        assertThat(model.notes().bookmarks().all()).isEmpty();
    }

    @Test
    void aLineThatIsShownAsBeforeStaysCurrentWithItsSelection() {
        LineSelection drawn = LineSelection.lines(Lines.at(30), Lines.at(40));
        model.screen().select(drawn);
        errorsOnly();
        assertThat(model.screen().selection()).isEqualTo(drawn);
    }

    @Test
    void errorsThatTimesOrTextsHideAreNotGoneTo() {
        long from = model.store().time(Lines.at(35));
        model.show(LineFilter.DEFAULT.withTime(new TimeRange(from, Long.MAX_VALUE)));
        Lines.settle(model);
        select(50);
        model.seekLevel(Level.ERROR, false);
        assertThat(current()).isEqualTo(40);
        model.seekLevel(Level.ERROR, false);
        assertThat(current()).isEqualTo(40);

        model.show(LineFilter.DEFAULT.with(TextCondition.text(new FindQuery("INFO", false, true))));
        Lines.settle(model);
        assertThat(current()).isEqualTo(41);
        model.seekLevel(Level.ERROR, false);
        assertThat(current()).isEqualTo(41);
    }

    private void select(int line) {
        model.screen().select(LineSelection.at(Lines.at(line), 0));
    }

    private void errorsOnly() {
        does.toggleErrors();
        Lines.settle(model);
    }

    private long current() {
        return LineKey.position(model.screen().current()) - 1;
    }
}
