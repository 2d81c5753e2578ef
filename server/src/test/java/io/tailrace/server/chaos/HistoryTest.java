package io.tailrace.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The check itself: it must notice each broken promise. */
class HistoryTest {

    private static final String CHANNEL = "logs:a:b";

    private final Ledger ledger = new Ledger();
    private final History history = new History();

    private static Ledger.Line line(int number) {
        return new Ledger.Line(CHANNEL, "line " + number);
    }

    @BeforeEach
    void threeLinesWerePublished() {
        ledger.acknowledged(List.of(line(1), line(2), line(3)), 3);
    }

    private void got(int... numbers) {
        for (int number : numbers) {
            history.add(number, line(number), 0);
        }
    }

    private void gap(long from, long to) {
        Header header = Header.of(new Channel(CHANNEL), Instant.EPOCH, Subject.NONE);
        history.gap(new Event.Gap(header, "e-" + from, new Cursor("e", to), "retention", "gone"));
    }

    private List<String> faults(long trimmedTo) {
        return history.faults(
                ledger, _ -> true, Map.of(CHANNEL, trimmedTo), (_, nanos) -> nanos < 100);
    }

    @Test
    void isContentWithEverythingOnceInOrder() {
        got(1, 2, 3);
        assertThat(faults(0)).isEmpty();
    }

    @Test
    void noticesWhatIsMissing() {
        got(1, 3);
        assertThat(faults(0)).singleElement().asString().contains("line 2").contains("not come");
    }

    @Test
    void noticesWhatComesTwice() {
        got(1, 2, 2, 3);
        assertThat(faults(0)).singleElement().asString().contains("came twice");
    }

    @Test
    void noticesWhatComesOutOfOrder() {
        got(2, 1, 3);
        assertThat(faults(0)).singleElement().asString().contains("came after");
    }

    @Test
    void noticesWhatNobodyPublished() {
        got(1, 2, 3, 4);
        assertThat(faults(0)).singleElement().asString().contains("knows null");
    }

    @Test
    void isContentWithAGapThatIsTrue() {
        gap(0, 2);
        got(3);
        assertThat(faults(2)).isEmpty();
    }

    @Test
    void noticesAGapThatIsNotTrue() {
        gap(0, 2);
        got(3);
        assertThat(faults(1)).singleElement().asString().contains("not trimmed that far");
    }

    @Test
    void noticesWhatComesWithoutAGrant() {
        got(1, 2);
        history.add(3, line(3), 100);
        assertThat(faults(0)).singleElement().asString().contains("without a grant");
    }
}
