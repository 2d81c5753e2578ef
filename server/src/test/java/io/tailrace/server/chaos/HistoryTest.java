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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The check itself: it must notice each broken promise. */
class HistoryTest {

    private static final String CHANNEL = "logs:a:b";
    private static final String OTHER = "logs:a:c";

    private final Ledger ledger = new Ledger();
    private final History history = new History();
    private final Book grants = new Book(Set.of(CHANNEL));
    private final Book wishes = new Book(Set.of(CHANNEL));
    private final Map<String, Long> revoked = new HashMap<>();

    private static Ledger.Line line(int number) {
        return new Ledger.Line(number < 10 ? CHANNEL : OTHER, "line " + number);
    }

    private static long now() {
        return System.nanoTime();
    }

    @BeforeEach
    void threeLinesWerePublished() {
        ledger.acknowledged(List.of(line(1), line(2), line(3)), 3);
        history.asks("token", 0, 0, now());
    }

    /** At these positions too: one of the other channel has a number of two digits. */
    private void got(int... numbers) {
        for (int number : numbers) {
            history.add(number, line(number), now());
        }
    }

    private void published(int... numbers) {
        for (int number : numbers) {
            ledger.sends(List.of(line(number)));
            ledger.acknowledged(List.of(line(number)), number);
        }
    }

    private static void change(Book book, long after, String... channels) {
        book.ask(Set.of(channels), after, now());
        book.answered(now());
    }

    private void gap(long from, long to) {
        Header header = Header.of(new Channel(CHANNEL), Instant.EPOCH, Subject.NONE);
        history.gap(
                new Event.Gap(header, "e-" + from, new Cursor("e", to), "retention", "gone"),
                now());
    }

    private List<String> faults(long trimmedTo) {
        return new Promises(ledger, grants, wishes, revoked, Map.of(CHANNEL, trimmedTo))
                .faults(history);
    }

    private void assertFault(String... words) {
        assertThat(faults(0)).singleElement().asString().contains(words);
    }

    @Test
    void isContentWithEverythingOnceInOrder() {
        got(1, 2, 3);
        assertThat(faults(0)).isEmpty();
    }

    @Test
    void noticesWhatIsMissing() {
        got(1, 3);
        assertFault("line 2", "not come");
    }

    @Test
    void noticesWhatComesTwice() {
        got(1, 2, 2, 3);
        assertFault("came twice");
    }

    @Test
    void noticesWhatComesAgainOnTheNextConnection() {
        got(1, 2);
        history.asks("token", 2, 0, now());
        got(2, 3);
        assertFault("came twice");
    }

    @Test
    void noticesWhatComesOutOfOrder() {
        got(2, 1, 3);
        assertFault("came twice or after");
    }

    @Test
    void noticesWhatNobodyPublished() {
        got(1, 2, 3, 4);
        assertFault("knows null");
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
    void noticesWhatWasStoredAndSentAfterARevocation() {
        got(1, 2, 3);
        change(grants, Long.MAX_VALUE);
        published(4);
        got(4);
        assertFault("line 4", "without a grant");
    }

    @Test
    void noticesWhatIsReplayedAfterARevocation() {
        got(1, 2);
        change(grants, Long.MAX_VALUE);
        history.asks("token", 2, 0, now());
        got(3);
        assertFault("line 3", "without a grant");
    }

    @Test
    void noticesAGapOfAChannelWithoutAGrant() {
        change(grants, Long.MAX_VALUE);
        history.asks("token", 0, 0, now());
        gap(0, 3);
        assertThat(faults(3)).singleElement().asString().contains("told without a grant");
    }

    @Test
    void isContentWithWhatWasOnItsWayAndWithWhatIsGrantedAgain() {
        got(1, 2);
        change(grants, Long.MAX_VALUE);
        got(3);
        published(4);
        change(grants, Long.MAX_VALUE, CHANNEL);
        published(5);
        got(5);
        assertThat(faults(0)).isEmpty();
    }

    @Test
    void noticesWhatDoesNotComeThoughItIsGrantedAgain() {
        got(1, 2, 3);
        change(grants, Long.MAX_VALUE);
        change(grants, Long.MAX_VALUE, CHANNEL);
        history.asks("token", 3, 0, now());
        published(4);
        assertFault("line 4", "did not come");
    }

    @Test
    void noticesWhatComesByATokenThatWasRevoked() {
        got(1, 2, 3);
        revoked.put("token", now());
        published(4);
        got(4);
        assertFault("line 4", "token that was revoked");
    }

    @Test
    void noticesAChannelThatIsNotCarriedAnyMore() {
        wishes.ask(Set.of(CHANNEL, OTHER), Long.MAX_VALUE, now());
        wishes.answered(now());
        change(grants, Long.MAX_VALUE, CHANNEL, OTHER);
        got(1, 2);
        published(11);
        history.told(1);
        got(11, 3);
        change(wishes, Long.MAX_VALUE, CHANNEL);
        history.told(2);
        published(12);
        got(12);
        assertFault("line 12", "not carried");
    }

    @Test
    void noticesWhatAnAddedChannelDoesNotBring() {
        published(11, 12);
        Book all = new Book(Set.of(CHANNEL, OTHER));
        change(wishes, 11, CHANNEL, OTHER);
        history.told(1);
        got(1, 2, 3);
        assertThat(new Promises(ledger, all, wishes, revoked, Map.of()).faults(history))
                .singleElement()
                .asString()
                .contains("line 12", "did not come");
    }

    @Test
    void isContentWithWhatComesAgainAfterACutAmongOlderEntries() {
        Book all = new Book(Set.of(CHANNEL, OTHER));
        published(4, 15);
        got(1, 2, 3, 4);
        change(wishes, 0, CHANNEL, OTHER);
        history.asks("token", 2, 1, now());
        got(3, 4, 15);
        assertThat(new Promises(ledger, all, wishes, revoked, Map.of()).faults(history)).isEmpty();
    }
}
