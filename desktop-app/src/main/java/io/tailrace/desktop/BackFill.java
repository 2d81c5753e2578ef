package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.Reply;
import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.desktop.text.Texts;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.wire.EventPage;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How far fetching a gap came.
 *
 * @param count how many entries came
 * @param reached the last of them; null when none came
 * @param more whether it ended because that many were enough at once
 * @param problem why it ended early, in a sentence; empty when it did not
 */
record BackFill(long count, @Nullable Cursor reached, boolean more, String problem) {

    /** What stands when fetching broke off. */
    static BackFill none() {
        return new BackFill(0, null, false, text("console.gap.failed"));
    }

    /**
     * Fetches a gap page by page; blocks.
     *
     * @param pages the page behind a cursor, or from the beginning when that is null
     * @param most stops when that many entries came
     * @param show takes the entries of each page that lie in the gap
     */
    static BackFill of(
            ChannelLedger.Missing gap,
            Function<@Nullable Cursor, Reply<EventPage>> pages,
            long most,
            Consumer<List<Entry>> show) {
        Cursor reached = null;
        long count = 0;
        boolean on = true; // until a page has nothing: short ones may have large entries
        while (on && count < most) {
            Cursor after = reached == null ? gap.cursor().orElse(null) : reached;
            switch (pages.apply(after)) {
                case Reply.Ok<EventPage>(EventPage page) -> {
                    List<Entry> entries = within(gap, page);
                    on = !entries.isEmpty();
                    if (on) {
                        show.accept(entries);
                        reached = entries.getLast().cursor();
                        count += entries.size();
                    }
                }
                case Reply.Refused<EventPage>(String reason) -> {
                    return new BackFill(count, reached, false, reason);
                }
                case Reply.Unreachable<EventPage>(String reason) -> {
                    return new BackFill(count, reached, false, reason);
                }
            }
        }
        return new BackFill(count, reached, on, "");
    }

    private static List<Entry> within(ChannelLedger.Missing gap, EventPage page) {
        return page.entries().stream()
                .filter(entry ->
                        entry.cursor().epoch().equals(gap.to().epoch())
                                && entry.cursor().position() <= gap.to().position())
                .toList();
    }

    /** What there is to say about it. */
    String words(Channel channel) {
        if (count == 0) {
            return problem.isEmpty() ? text("console.gap.gone", channel) : problem;
        }
        String rest = more ? text("console.gap.more") : problem;
        return (Texts.count("console.gap.filled", count, channel) + " " + rest).strip();
    }

    /** Up to where everything is here now that still was kept; null when nothing came. */
    @Nullable Cursor upTo(ChannelLedger.Missing gap) {
        return whole() ? gap.to() : reached;
    }

    /** Notes what is still missing: all of it when nothing came. */
    void note(ChannelLedger.Missing gap, ChannelLedger ledger) {
        if (whole() || reached != null) {
            ledger.filled(gap, whole() ? null : reached);
        }
    }

    private boolean whole() {
        return problem.isEmpty() && !more;
    }
}
