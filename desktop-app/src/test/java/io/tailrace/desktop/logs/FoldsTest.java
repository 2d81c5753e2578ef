package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Entries unfold in their place; what is read stays. */
class FoldsTest {

    private static final int LINES = 200;
    private static final int ROWS = 20;

    private final LogsModel model = new LogsModel();
    private final LogsActions does = new LogsActions(model);

    @BeforeEach
    void publish() {
        model.screen().resize(ROWS);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            int more = i % 5 == 0 ? i % 7 : 0;
            lines.add(
                    IntStream.rangeClosed(0, more)
                            .mapToObj(part -> part == 0 ? "line" : "\tat frame " + part)
                            .collect(Collectors.joining("\n")));
        }
        Lines.addAll(model, lines);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void unfoldingBelowDoesNotMoveWhatIsRead() {
        model.screen().jump(50);
        double top = screen().top();
        does.toggleFold(Lines.at(55));
        Lines.settle(model);
        assertThat(screen().top()).isEqualTo(top);
        assertThat(screen().below(56) - screen().below(55)).isEqualTo(1 + 55 % 7);
        does.toggleFold(Lines.at(55));
        assertThat(screen().below(56) - screen().below(55)).isEqualTo(1);
    }

    @Test
    void theNewestLinesAreOnTheScreenWhileFollowingHoweverHighTheyAre() {
        does.toggleFolds();
        Lines.settle(model);
        assertThat(screen().following()).isTrue();
        assertThat(screen().shows(LINES - 1)).isTrue();
        assertThat(screen().below(LINES - 1) + 1).isCloseTo(ROWS, within(1e-9));
        does.toggleFolds();
        assertThat(model.view().folds().none()).isTrue();
    }

    @Test
    void scrollingGoesByRowsOfTheScreenAndBackAgain() {
        does.toggleFolds();
        model.screen().jump(100);
        Lines.settle(model);
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            double by = random.nextInt(1, 15);
            double before = screen().top();
            double there = screen().moved(before, by);
            assertThat(screen().moved(there, -by)).isCloseTo(before, within(1e-9));
            screen().jump(there > 150 ? 20 : there);
        }
    }

    @Test
    void aRevealedLineIsOnTheScreenAndEachIsReachedByScrolling() {
        does.toggleFolds();
        Lines.settle(model);
        for (int i : new int[] {0, 6, 55, 100, 198, 3, 199}) {
            model.screen().reveal(Lines.at(i));
            Lines.settle(model);
            assertThat(screen().shows(i)).as("line %d", i).isTrue();
        }
        model.screen().jump(0);
        for (int i = 0; i < 500 && !screen().following(); i++) {
            model.screen().scroll(3);
        }
        assertThat(screen().shows(LINES - 1)).isTrue();
    }

    private Viewport screen() {
        return model.view().viewport();
    }
}
