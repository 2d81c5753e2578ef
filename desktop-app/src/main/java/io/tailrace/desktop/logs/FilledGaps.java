package io.tailrace.desktop.logs;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gaps whose lines somebody fetched, in this console or in an earlier one: what is kept of the
 * stream still tells of them, and the lines are there all the same. FX thread.
 */
public final class FilledGaps {

    private final Coverage now;
    private final Coverage earlier;
    private final @Nullable String epoch;
    private final Supplier<@Nullable String> current;

    /**
     * What an earlier console had.
     *
     * @param now what there is; in the beginning what was noted when all lines were on the disk
     * @param epoch of that log; null when there is none
     * @param current the epoch of the log now
     */
    FilledGaps(Coverage now, @Nullable String epoch, Supplier<@Nullable String> current) {
        this.now = now;
        this.earlier = now.copy();
        this.epoch = epoch;
        this.current = current;
    }

    /** Everything of a channel behind a place, or from its begin, up to another was fetched. */
    public void fill(Channel channel, @Nullable Cursor after, Cursor upTo) {
        if (upTo.epoch().equals(current.get())) {
            now.add(channel, after == null ? 1 : after.position() + 1, upTo.position());
        }
    }

    /** Entries do not come by themselves; false when that changes nothing. */
    boolean told(Event.Gap gap) {
        String of = current.get();
        if (gap.goesBack()) { // what was behind that place is not what is there now
            now.forgetBehind(gap.to().position());
            earlier.forgetBehind(gap.to().position());
            return true;
        }
        if (gap.reason().equals("epoch") || of == null || !gap.from().startsWith(of + "-")) {
            return false;
        }
        now.cut(gap.channel(), Cursor.parse(gap.from()).position());
        keep(gap);
        return true;
    }

    /** What was fetched of a gap is there, though the stream tells of the gap again. */
    private void keep(Event.Gap gap) {
        upTo(gap)
                .ifPresent(end ->
                        start(gap)
                                .ifPresent(
                                        from -> now.add(gap.channel(), from + 1, end.position())));
    }

    /** Up to where what a gap names was fetched; empty when nothing of it was. */
    public Optional<Cursor> upTo(Event.Gap gap) {
        boolean may =
                gap.channel().type().equals("logs")
                        && !gap.reason().equals("epoch")
                        && gap.to().epoch().equals(epoch);
        Optional<Long> start = may ? start(gap) : Optional.empty();
        return start.map(from -> earlier.end(gap.channel(), from + 1))
                .filter(end -> end > start.get())
                .map(end -> new Cursor(gap.to().epoch(), Math.min(end, gap.to().position())));
    }

    /** The position that a gap begins behind, in the life of the log that it ends in. */
    private static Optional<Long> start(Event.Gap gap) {
        if (gap.from().isEmpty()) {
            return Optional.of(0L);
        }
        try {
            Cursor from = Cursor.parse(gap.from());
            return Optional.of(from.position()).filter(_ -> from.epoch().equals(gap.to().epoch()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // of a gateway that this console does not understand
        }
    }
}
