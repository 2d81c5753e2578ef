package io.tailrace.desktop.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.ConnectionState;
import io.tailrace.client.StreamItem;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class ConnectionModelTest {

    private Instant now = Items.START;
    private final ConnectionModel model =
            new ConnectionModel(URI.create("http://127.0.0.1:8787"), () -> now);

    @Test
    void beginsByConnecting() {
        assertThat(model.standing().get()).isEqualTo(Standing.CONNECTING);
        assertThat(model.anything().get()).isFalse();
        assertThat(model.lagP99().get()).isEqualTo(-1);
    }

    @Test
    void countsDownToTheNextTry() {
        batch(new StreamItem.Changed(waiting(Duration.ofSeconds(4), "Nobody answers.")));
        assertThat(model.standing().get()).isEqualTo(Standing.WAITING);
        assertThat(model.reason().get()).isEqualTo("Nobody answers.");
        assertThat(model.countdown().get()).isEqualTo(4);

        after(Duration.ofMillis(1200));
        assertThat(model.countdown().get()).isEqualTo(3);
        after(Duration.ofSeconds(60));
        assertThat(model.countdown().get()).isZero();
    }

    @Test
    void keepsTheReasonWhileItTriesAgain() {
        batch(new StreamItem.Changed(waiting(Duration.ofSeconds(1), "Nobody answers.")));
        batch(new StreamItem.Changed(new ConnectionState.Connecting(2)));
        assertThat(model.reason().get()).isEqualTo("Nobody answers.");
        assertThat(model.countdown().get()).isZero();

        connect();
        assertThat(model.standing().get()).isEqualTo(Standing.CONNECTED);
        assertThat(model.reason().get()).isEmpty();
    }

    @Test
    void saysWhyItStopped() {
        batch(
                new StreamItem.Changed(
                        new ConnectionState.Polling(Instant.EPOCH, "polling: a proxy")));
        assertThat(model.standing().get()).isEqualTo(Standing.POLLING);
        assertThat(model.reason().get()).isEqualTo("polling: a proxy");

        batch(new StreamItem.Changed(new ConnectionState.Stopped("The session may not read x.")));
        assertThat(model.standing().get()).isEqualTo(Standing.OFFLINE);
        assertThat(model.reason().get()).isEqualTo("The session may not read x.");
    }

    @Test
    void countsEntriesRatesAndChannels() {
        connect();
        for (int i = 0; i < 500; i++) {
            batch(Items.line(i, "x", now, i % 2 == 0 ? "orders" : "users"));
        }
        assertThat(model.received().get()).isEqualTo(500);
        assertThat(model.channels().get()).isEqualTo(2);
        assertThat(model.anything().get()).isTrue();

        after(Duration.ofSeconds(1));
        assertThat(model.perSecond().get()).isEqualTo(500);
        after(Duration.ofSeconds(1));
        assertThat(model.perSecond().get()).isZero();
        assertThat(model.received().get()).isEqualTo(500);
    }

    @Test
    void lagIsFromTheEventsTimeToNow() {
        connect();
        for (int i = 1; i <= 100; i++) {
            Instant happened = now;
            now = now.plusMillis(i);
            batch(Items.line(i, "x", happened));
        }
        after(Duration.ofSeconds(1));
        assertThat(model.lagMedian().get()).isEqualTo(50);
        assertThat(model.lagP99().get()).isEqualTo(99);
    }

    @Test
    void lagIsUnknownAgainWhenNothingCameForALongTime() {
        connect();
        batch(Items.line(1, "x", now));
        after(Duration.ofSeconds(1));
        assertThat(model.lagP99().get()).isZero();
        after(Duration.ofSeconds(11));
        assertThat(model.lagP99().get()).isEqualTo(-1);
    }

    @Test
    void replayedEntriesAreNoLagButCatchingUp() {
        connect();
        batch(Items.line(1, "x", now.minus(Duration.ofHours(3))));
        after(Duration.ofSeconds(1));
        assertThat(model.lagP99().get()).isEqualTo(-1);
        assertThat(model.catchingUp().get()).isTrue();
        after(Duration.ofSeconds(1));
        assertThat(model.catchingUp().get()).isFalse();
    }

    @Test
    void aPublisherWhoseClockIsAheadHasNoNegativeLag() {
        connect();
        batch(Items.line(1, "x", now.plusSeconds(90)));
        after(Duration.ofSeconds(1));
        assertThat(model.lagP99().get()).isZero();
    }

    @Test
    void aClockThatIsSetBackDoesNotStopTheRates() {
        connect();
        now = now.minus(Duration.ofHours(1));
        batch(Items.line(1, "x", now));
        batch(Items.line(2, "x", now));
        after(Duration.ofSeconds(1));
        assertThat(model.perSecond().get()).isEqualTo(2);
    }

    @Test
    void countsGapsAndUnreadableFrames() {
        Header header = Header.of(Channel.logs("acme", "orders"), now, Subject.NONE);
        batch(
                new StreamItem.Told(
                        new Event.Gap(header, "e-1", new Cursor("e", 5), "retention", null), now));
        batch(new StreamItem.Unreadable("not JSON"));
        assertThat(model.gaps().get()).isEqualTo(1);
        assertThat(model.unreadable().get()).isEqualTo(1);
    }

    @Test
    void anEmptySnapshotIsStillNothing() {
        Header header = Header.of(Channel.session("s"), now, Subject.NONE);
        batch(new StreamItem.Told(new Event.Snapshot(header, new Cursor("e", 5), List.of()), now));
        assertThat(model.anything().get()).isFalse();
    }

    private void connect() {
        batch(new StreamItem.Changed(new ConnectionState.Connected(now)));
    }

    private ConnectionState waiting(Duration time, String reason) {
        return new ConnectionState.Waiting(now.plus(time), 2, reason);
    }

    private void batch(StreamItem item) {
        model.begin();
        model.apply(item);
        model.end();
    }

    private void after(Duration time) {
        now = now.plus(time);
        model.begin();
        model.end();
    }

    @Test
    void entriesBeforeTheFirstStateWereKeptFromAnEarlierStart() {
        batch(Items.line(7));
        assertThat(model.restored().get()).isEqualTo(1);
        assertThat(model.received().get()).isZero();
        connect();
        batch(Items.line(8));
        assertThat(model.restored().get()).isEqualTo(1);
        assertThat(model.received().get()).isEqualTo(1);
        assertThat(model.ledger().lines())
                .singleElement()
                .satisfies(line -> assertThat(line.received()).isEqualTo(2));
    }

    @Test
    void whatIsFetchedLaterIsNotTheNewest() {
        connect();
        batch(Items.line(50));
        model.backFilled(((StreamItem.Received) Items.line(20)).entry());
        batch(Items.line(30)); // also not when it comes again
        assertThat(model.ledger().lines())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.received()).isEqualTo(3);
                    assertThat(line.newest()).hasToString("e-50");
                });
    }

    @Test
    void saysHowFarBehindItIs() {
        connect();
        batch(Items.line(10));
        batch(told(new Event.Resumed(header(), new Cursor("e", 10), new Cursor("e", 500))));
        assertThat(model.behind().get()).isEqualTo(490);
        batch(Items.line(400));
        assertThat(model.behind().get()).isEqualTo(100);
        batch(told(new Event.Heartbeat(header(), new Cursor("e", 520))));
        assertThat(model.behind().get()).isZero();
    }

    @Test
    void aGapIsListedOnceWithItsRange() {
        Event.Gap gap = new Event.Gap(header(), "e-10", new Cursor("e", 25), "retention", null);
        batch(told(gap));
        batch(told(gap));
        assertThat(model.ledger().missing())
                .singleElement()
                .satisfies(missing -> {
                    assertThat(missing.span()).hasValue(15L);
                    model.ledger().filled(missing, null);
                });
        assertThat(model.ledger().missing()).isEmpty();
        batch(told(new Event.Gap(header(), "old-10", new Cursor("e", 25), "epoch", null)));
        assertThat(model.ledger().missing().getFirst().span()).isEmpty();
    }

    private static StreamItem told(Event.Control control) {
        return new StreamItem.Told(control, Items.START);
    }

    private static Header header() {
        return Header.of(Channel.logs("acme", "orders"), Items.START, Subject.NONE);
    }
}
