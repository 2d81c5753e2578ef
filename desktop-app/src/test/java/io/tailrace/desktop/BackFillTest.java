package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.Reply;
import io.tailrace.client.StreamItem;
import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.wire.EventPage;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class BackFillTest {

    private static final Channel CHANNEL = Channel.logs("acme", "orders");
    private static final Header HEADER = Header.of(CHANNEL, Instant.EPOCH, Subject.NONE);

    private final ConnectionModel model =
            new ConnectionModel(URI.create("http://127.0.0.1:8787"), () -> Instant.EPOCH);
    private final ChannelLedger ledger = model.ledger();
    private final List<Entry> shown = new ArrayList<>();

    @Test
    void aGapOfWhichNothingCameStays() {
        ChannelLedger.Missing gap = gap();
        BackFill end =
                BackFill.of(gap, _ -> new Reply.Unreachable<>("Nobody answers."), 9, shown::addAll);
        end.note(gap, ledger);
        assertThat(ledger.missing()).containsExactly(gap);
        assertThat(end.words(CHANNEL)).isEqualTo("Nobody answers.");
        assertThat(shown).isEmpty();
    }

    @Test
    void whatCameOfABrokenFetchIsNoLongerMissing() {
        ChannelLedger.Missing gap = gap();
        BackFill end = fetched(gap, page(11, 12), new Reply.Refused<>("Not now."));
        end.note(gap, ledger);
        assertThat(shown).hasSize(2);
        assertThat(end.words(CHANNEL)).contains("2 entries").endsWith("Not now.");
        assertThat(ledger.missing().getFirst().from()).isEqualTo("e-12");
    }

    @Test
    void aWholeGapIsGone() {
        ChannelLedger.Missing gap = gap();
        BackFill end = fetched(gap, page(20, 26), page(40, 41));
        end.note(gap, ledger);
        assertThat(shown).hasSize(1);
        assertThat(ledger.missing()).isEmpty();
    }

    private BackFill fetched(
            ChannelLedger.Missing gap, Reply<EventPage> first, Reply<EventPage> next) {
        return BackFill.of(
                gap,
                after -> after != null && after.position() > 10 ? next : first,
                9,
                shown::addAll);
    }

    private ChannelLedger.Missing gap() {
        model.apply(
                new StreamItem.Told(
                        new Event.Gap(HEADER, "e-10", new Cursor("e", 25), "skipped", null),
                        Instant.EPOCH));
        return ledger.missing().getFirst();
    }

    private static Reply<EventPage> page(long... positions) {
        List<Entry> entries = new ArrayList<>();
        for (long position : positions) {
            Event.Log line = new Event.Log(HEADER, Level.INFO, "line", "main", null);
            entries.add(new Entry(new Cursor("e", position), line));
        }
        return new Reply.Ok<>(new EventPage(entries, entries.getLast().cursor(), null));
    }
}
