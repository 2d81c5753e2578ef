package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.Reply;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;
import io.tailrace.wire.EventPage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

@Timeout(180)
class LogsHistoryTest {

    private static final int ENTRIES = 40_000;
    private static final RunKey OLD = new RunKey("acme", "orders", "old");

    private final LogsModel model = new LogsModel();
    private final Queue<Runnable> fx = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pages = new AtomicInteger();
    private volatile String refusal = "";
    private volatile int largest = 1000;
    private final Archive archive = new Twin();

    /** Two channels take turns; of run "old" are the positions from 5,001 to 9,000 of orders. */
    private static Entry entry(long position) {
        boolean orders = position % 2 == 1;
        boolean old = position > 5_000 && position <= 9_000;
        Channel channel = Channel.logs("acme", orders ? "orders" : "users");
        Subject subject =
                Subject.ofRun("acme", orders ? "orders" : "users", old && orders ? "old" : "new");
        Header header = Header.of(channel, Lines.START.plusMillis(position), subject);
        return new Entry(
                new Cursor("e1", position),
                new Event.Log(header, Level.INFO, "line " + position, null, null));
    }

    /** A gateway that keeps all. */
    private final class Twin implements Archive {

        @Override
        public Reply<EventPage> before(Channel channel, Cursor before, int limit) {
            List<Entry> all = of(channel, 0, before.position());
            List<Entry> newest = all.subList(Math.max(0, all.size() - limit), all.size());
            return answer(newest.subList(0, Math.min(largest, newest.size())));
        }

        @Override
        public Reply<EventPage> after(Channel channel, Cursor after, int limit) {
            List<Entry> all = of(channel, after.position(), ENTRIES + 1);
            return answer(all.subList(0, Math.min(Math.min(limit, largest), all.size())));
        }

        private Reply<EventPage> answer(List<Entry> entries) {
            pages.incrementAndGet();
            return refusal.isEmpty()
                    ? new Reply.Ok<>(new EventPage(entries, null, null))
                    : new Reply.Unreachable<>(refusal);
        }

        private List<Entry> of(Channel channel, long after, long before) {
            return LongStream.range(after + 1, before)
                    .mapToObj(LogsHistoryTest::entry)
                    .filter(entry -> entry.event().header().channel().equals(channel))
                    .toList();
        }
    }

    @BeforeEach
    void receiveTheNewest() {
        model.history().from(archive, fx::add);
        model.view().viewport().resize(20);
        for (long position = ENTRIES - 100; position <= ENTRIES; position++) {
            model.append(entry(position));
        }
        Lines.settle(model);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private void settle() {
        HistoryState state = older();
        while (state.phase() == HistoryState.Phase.FETCHING) {
            Runnable task = fx.poll();
            if (task != null) {
                task.run();
            }
            Lines.settle(model);
            state = older();
        }
    }

    private LogsStatus status() {
        return model.statusProperty().get();
    }

    private HistoryState older() {
        model.pulse();
        return model.statusProperty().get().older();
    }

    @Test
    void aRunThatWasChosenIsFetchedWholeAndOnce() {
        model.showRun(OLD);
        Lines.settle(model);
        assertThat(Lines.shown(model)).isEmpty();

        model.history().fetch(OLD, new Cursor("e1", 5_000), new Cursor("e1", 9_010));
        settle();

        assertThat(Lines.shown(model))
                .isEqualTo(LongStream.range(5_000, 9_000).filter(i -> i % 2 == 0).boxed().toList());
        assertThat(pages.get()).as("not all from the newest back").isLessThan(10);
        assertThat(older().phase()).isEqualTo(HistoryState.Phase.NONE);
        int before = pages.get();
        model.history().fetch(OLD, new Cursor("e1", 5_000), new Cursor("e1", 9_010));
        settle();
        assertThat(pages.get()).isEqualTo(before);
    }

    @Test
    void aRunWhoseBeginNobodyKnowsIsFetchedUntilItsLinesEnd() {
        model.showRun(OLD);
        model.history().fetch(OLD, null, new Cursor("e1", 9_010));
        settle();
        assertThat(Lines.shown(model)).hasSize(2_000);
    }

    @Test
    void olderLinesComeInOrderOfAllChannelsAndWhatIsReadStays() {
        assertThat(older().phase()).isEqualTo(HistoryState.Phase.OFFERED);
        model.view().viewport().jump((double) model.view().viewport().first());
        model.view().viewport().scroll(7);
        long read = model.view().lineAt((long) model.view().viewport().top());

        model.history().older(model.filterProperty().get());
        settle();

        List<Long> shown = Lines.shown(model);
        assertThat(shown).hasSizeBetween(5_100, 8_000);
        assertThat(shown.stream().filter(i -> i >= ENTRIES - 4_000).toList())
                .isEqualTo(LongStream.range(ENTRIES - 4_000, ENTRIES).boxed().toList());
        assertThat(model.view().lineAt((long) model.view().viewport().top())).isEqualTo(read);
    }

    @Test
    void everythingComesWhenAskedOftenEnoughAndThenNothingIsOffered() {
        model.find(new FindQuery("7", false, true));
        largest = 300; // pages are cut
        while (older().phase() == HistoryState.Phase.OFFERED) {
            model.history().older(model.filterProperty().get());
            settle();
            assertThat(pages.get()).isLessThan(1_000);
        }
        Lines.settle(model);
        BitSet missing = new BitSet();
        missing.set(0, ENTRIES);
        Lines.shown(model).forEach(line -> missing.clear(line.intValue()));
        assertThat(missing).isEqualTo(new BitSet());
        assertThat(status().shown()).isEqualTo(ENTRIES);
        List<Long> expected = new ArrayList<>();
        for (long i = 0; i < ENTRIES; i++) {
            if (String.valueOf(i + 1).indexOf('7') >= 0) {
                expected.add(i);
            }
        }
        assertThat(Lines.matches(model)).as("found in fetched lines, too").isEqualTo(expected);
    }

    @Test
    void whatFailsSaysWhyAndIsTriedAgain() {
        refusal = "The gateway does not answer.";
        model.showRun(OLD);
        model.history().fetch(OLD, new Cursor("e1", 5_000), new Cursor("e1", 9_010));
        settle();
        assertThat(older().phase()).isEqualTo(HistoryState.Phase.FAILED);
        assertThat(older().sentence()).isEqualTo(refusal);

        refusal = "";
        model.history().older(model.filterProperty().get());
        settle();
        assertThat(Lines.shown(model)).hasSize(2_000);
    }

    @Test
    void whatWasFetchedOfAnotherLogDoesNotCountForTheNewOne() {
        model.history().older(model.filterProperty().get());
        settle();
        model.history().older(model.filterProperty().get());
        Entry old = entry(ENTRIES);
        model.append(new Entry(new Cursor("e2", ENTRIES), old.event()));
        Runnable late = fx.poll();
        while (late != null) {
            late.run();
            late = fx.poll();
        }
        Channel channel = old.event().header().channel();
        assertThat(model.history().coverage().channels()).containsExactly(channel);
        assertThat(model.history().coverage().lastMissing(channel, ENTRIES + 1))
                .isEqualTo(ENTRIES - 1);
    }

    @Test
    void aLinkToALineThatIsNotHeldFetchesItAndThoseAroundIt() {
        model.find(new FindQuery(link(20_001), false, false));
        await().until(() -> {
            run();
            return model.store().find(new Cursor("e1", 20_001)).isPresent();
        });
        Lines.settle(model);

        LineSelection selection = model.screen().selection();
        assertThat(selection).isNotNull();
        assertThat(pages).hasValueLessThan(4);
    }

    @Test
    void whatIsFetchedGoesOnBehindALinkAndBehindOlderLines() {
        model.history().fetch(OLD, new Cursor("e1", 5_000), new Cursor("e1", 9_010));
        model.find(new FindQuery(link(20_001), false, false));
        model.history().older(model.filterProperty().get());
        model.find(new FindQuery(link(30_001), false, false));
        settle();

        assertThat(model.store().find(new Cursor("e1", 20_001))).isPresent();
        assertThat(model.store().find(new Cursor("e1", 30_001))).isPresent();
        assertThat(Lines.shown(model)).as("older lines").hasSizeGreaterThan(7_000);
        model.showRun(OLD);
        Lines.settle(model);
        assertThat(Lines.shown(model)).as("the run").hasSize(2_000);
    }

    @Test
    void aRunThatIsChosenTakesThePlaceOfTheOneBeforeAndAnOpenedLinkIsKept() {
        model.history().fetch(OLD, new Cursor("e1", 5_000), new Cursor("e1", 9_010));
        model.find(new FindQuery(link(20_001), false, false));
        RunKey other = new RunKey("acme", "users", "new");
        model.history().fetch(other, new Cursor("e1", 30_000), null);
        settle();

        assertThat(model.store().find(new Cursor("e1", 20_001))).isPresent();
        assertThat(model.store().find(new Cursor("e1", 30_002))).isPresent();
        assertThat(model.store().find(new Cursor("e1", 8_001))).isEmpty();
    }

    @Test
    void olderLinesThatAreOnTheirWayAreNotFetchedTwice() {
        model.history().older(model.filterProperty().get());
        model.history().older(model.filterProperty().get());
        settle();
        assertThat(Lines.shown(model)).hasSizeBetween(5_100, 8_000);
    }

    @Test
    void aRunOfAnEarlierLifeDoesNotChangeTheOrderOfLives() {
        model.history().fetch(OLD, new Cursor("e0", 5_001), new Cursor("e0", 9_000));
        assertThat(model.openNear(new Cursor("e0", 5), OLD, null, Level.INFO)).isFalse();

        assertThat(model.store().keys().lives()).containsExactly("e1");
        assertThat(pages).hasValue(0);
    }

    private static String link(long position) {
        Channel channel = entry(position).event().header().channel();
        return new LineLink(URI.create("http://gateway"), channel, new Cursor("e1", position))
                .toString();
    }

    private void run() {
        for (Runnable next = fx.poll(); next != null; next = fx.poll()) {
            next.run();
        }
    }

    @Test
    void linesOfAGapThatWereFetchedBeginNothing() {
        Channel orders = Channel.logs("acme", "orders");
        model.carries(List.of("logs:acme:users"));
        Entry fetched = entry(101);
        model.backFilled(fetched, (Event.Log) fetched.event());
        assertThat(model.history().coverage().begin(orders, 101)).isEqualTo(102);
        assertThat(model.history().coverage().newestBegin(orders)).isEqualTo(ENTRIES - 99);
    }
}
