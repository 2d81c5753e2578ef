package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.ChannelChange;
import io.tailrace.client.ChannelStart;
import io.tailrace.client.Reply;
import io.tailrace.client.RootConnectionSettings;
import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.desktop.connection.Connection;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.wire.KeptChannel;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the console asks of its gateway at somebody's wish: other channels, what is kept, what is
 * missing. Each runs on a virtual thread and comes home through the pump. FX thread only.
 */
final class Errands {

    private static final int TAIL = 1_000;
    private static final int PAGE = 1_000;
    private static final int MOST = 100_000; // entries fetched at one wish

    private final Feed feed;
    private final String session;
    private final Consumer<String> notice;
    private List<String> channels;
    private final Set<ChannelLedger.Missing> fetching = new HashSet<>();
    private @Nullable Cursor leftAt; // where channels were left that may be wanted again

    Errands(Feed feed, String session, List<String> channels, Consumer<String> notice) {
        this.feed = feed;
        this.session = session;
        this.channels = List.copyOf(channels);
        this.notice = notice;
    }

    /** The names of what is wanted, without the session's own channel. */
    static List<String> names(RootConnectionSettings wanted) {
        return wanted.channels().stream()
                .map(ChannelPattern::toString)
                .filter(name -> !name.startsWith("session:"))
                .toList();
    }

    /** What is received, without the session's own channel. */
    List<String> channels() {
        return channels;
    }

    /**
     * Receives other channels over the connection that stands.
     *
     * @param then told what is received from now on, when the gateway has agreed
     */
    void receive(List<String> wanted, Consumer<List<String>> then) {
        List<ChannelPattern> patterns =
                Stream.concat(wanted.stream(), Stream.of("session:" + session))
                        .map(ChannelPattern::parse)
                        .toList();
        Connection connection = feed.connection();
        Cursor place = connection.place().orElse(null);
        // channels that come back go on where they were left: what is here already is not doubled
        ChannelStart start =
                leftAt == null ? new ChannelStart.Newest(TAIL) : new ChannelStart.After(leftAt);
        Thread _ =
                Thread.ofVirtual()
                        .name("change-channels")
                        .start(() -> {
                            Reply<ChannelChange> reply = connection.changeChannels(patterns, start);
                            feed.pump().execute(() -> changed(reply, wanted, place, then));
                        });
    }

    private void changed(
            Reply<ChannelChange> reply,
            List<String> wanted,
            @Nullable Cursor place,
            Consumer<List<String>> then) {
        switch (reply) {
            case Reply.Ok<ChannelChange>(ChannelChange change) -> {
                boolean fewer = !wanted.containsAll(channels) && !wanted.contains("*");
                leftAt = wanted.contains("*") ? null : fewer && leftAt == null ? place : leftAt;
                channels = List.copyOf(wanted);
                then.accept(channels);
                notice.accept(
                        change == ChannelChange.LIVE
                                ? text("console.receiving", String.join(", ", wanted))
                                : text("console.receiving.later", String.join(", ", wanted)));
            }
            case Reply.Refused<ChannelChange>(String reason) -> notice.accept(reason);
            case Reply.Unreachable<ChannelChange>(String reason) -> notice.accept(reason);
        }
    }

    /** Asks what the gateway keeps; without an answer the taker is not called. */
    void askChannels(Consumer<List<KeptChannel>> taker) {
        Thread _ =
                Thread.ofVirtual()
                        .name("ask-channels")
                        .start(() -> {
                            if (feed.client().channels()
                                    instanceof
                                    Reply.Ok<List<KeptChannel>>(List<KeptChannel> kept)) {
                                feed.pump().execute(() -> taker.accept(kept));
                            }
                        });
    }

    /** Fetches what is still kept of a gap, once at a time: each line comes to its place. */
    void backFill(ChannelLedger.Missing gap) {
        if (!fetching.add(gap)) {
            notice.accept(text("console.gap.already", gap.channel()));
            return;
        }
        notice.accept(text("console.gap.fetching", gap.channel()));
        Thread _ = Thread.ofVirtual().name("back-fill").start(() -> fetch(gap));
    }

    private void fetch(ChannelLedger.Missing gap) {
        BackFill fetched = BackFill.none();
        try {
            fetched =
                    BackFill.of(
                            gap,
                            after -> feed.client().page(gap.channel(), after, PAGE),
                            MOST,
                            this::show);
        } finally {
            BackFill end = fetched;
            feed.pump().execute(() -> fetched(gap, end));
        }
    }

    private void show(List<Entry> entries) {
        feed.pump().execute(() -> feed.backFilled(entries));
    }

    private void fetched(ChannelLedger.Missing gap, BackFill end) {
        boolean _ = fetching.remove(gap);
        notice.accept(end.words(gap.channel()));
        end.note(gap, feed.status().ledger());
        Cursor upTo = end.upTo(gap);
        if (upTo != null && gap.channel().type().equals("logs")) {
            Cursor after = gap.cursor().orElse(null);
            feed.models().logs().history().gaps().fill(gap.channel(), after, upTo);
        }
    }
}
