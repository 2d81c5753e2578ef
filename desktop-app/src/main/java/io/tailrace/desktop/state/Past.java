package io.tailrace.desktop.state;

import io.tailrace.client.StreamItem;
import io.tailrace.client.Trail;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.wire.Seen;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a sequence of received items has come: where the stream stood, what it carried, and the
 * newest entry of each channel, so that nothing is taken twice. Confined to its owner's thread.
 */
final class Past {

    private final Map<Channel, Cursor> newest = new HashMap<>();
    private final Trail trail = new Trail();
    private Event.@Nullable Gap told; // the latest, which each file of the cache repeats
    private @Nullable Cursor place;
    private @Nullable Cursor farthest;
    private List<String> channels = List.of();

    /** Takes an item into account; false for an entry that was there before. */
    boolean take(StreamItem item) {
        return switch (item) {
            case StreamItem.Received(Entry entry, _) -> entry(entry);
            case StreamItem.Told(Event.Control control, _) -> {
                control(control);
                yield true;
            }
            case StreamItem.Changed _, StreamItem.Warned _, StreamItem.Unreadable _ -> true;
        };
    }

    private boolean entry(Entry entry) {
        Cursor here = entry.cursor();
        place = here; // also when it came again: this is where the stream stands
        if (farthest == null
                || !farthest.epoch().equals(here.epoch())
                || farthest.position() < here.position()) {
            farthest = here;
        }
        Cursor last = newest.get(entry.event().channel());
        boolean again =
                last != null
                        && last.epoch().equals(here.epoch())
                        && last.position() >= here.position();
        if (!again) {
            newest.put(entry.event().channel(), here);
            trail.add(entry);
        }
        return !again;
    }

    private void control(Event.Control control) {
        switch (control) {
            case Event.SessionInit init -> channels = init.channels();
            case Event.ChannelsChanged changed -> {
                channels = changed.channels();
                place = farthest; // what new channels began with lay before it
            }
            case Event.Gap gap -> missed(gap);
            case Event.Snapshot _,
                    Event.Resumed _,
                    Event.Heartbeat _,
                    Event.Conflated _,
                    Event.SessionEnd _,
                    Event.ServerShuttingDown _ -> {}
        }
    }

    /** A log that has forgotten entries gives their positions to others. */
    private void missed(Event.Gap gap) {
        Cursor to = gap.to();
        if (gap.equals(told) || !gap.reason().equals("epoch")) {
            return;
        }
        told = gap;
        newest.replaceAll((_, last) -> back(last, to));
        place = place == null ? null : back(place, to);
        farthest = farthest == null ? null : back(farthest, to);
        trail.forgetAfter(to);
    }

    private static Cursor back(Cursor here, Cursor to) {
        return here.epoch().equals(to.epoch()) && to.position() < here.position() ? to : here;
    }

    /** What a later connection continues after; null when nothing was received. */
    @Nullable Cursor place() {
        return place;
    }

    /** Marks of what was received up to there. */
    List<Seen> seen() {
        return trail.upTo(place);
    }

    /** The patterns that were carried last, none when that is not known. */
    List<String> channels() {
        return channels;
    }
}
