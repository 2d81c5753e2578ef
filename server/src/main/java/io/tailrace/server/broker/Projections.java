package io.tailrace.server.broker;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Those who are told of every stored entry; one that fails harms no other. Writer thread only. */
final class Projections {

    private static final System.Logger LOGGER = System.getLogger(Projections.class.getName());

    private final String epoch;
    private final List<Consumer<List<Entry>>> all;

    Projections(String epoch, List<Consumer<List<Entry>>> all) {
        this.epoch = epoch;
        this.all = List.copyOf(all);
    }

    /** These were stored, the first of them at that position. */
    void tell(List<Pending> group, long first) {
        List<Entry> entries = new ArrayList<>();
        for (Pending pending : group) {
            for (Encoded each : pending.events) {
                entries.add(new Entry(new Cursor(epoch, first + entries.size()), each.event()));
            }
        }
        for (Consumer<List<Entry>> projection : all) {
            try {
                projection.accept(entries);
            } catch (RuntimeException e) {
                LOGGER.log(
                        System.Logger.Level.ERROR,
                        "A projection failed at position " + first + ": its state may be wrong.",
                        e);
            }
        }
    }
}
