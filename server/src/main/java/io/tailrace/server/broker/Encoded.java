package io.tailrace.server.broker;

import io.tailrace.model.Event;
import io.tailrace.wire.EventWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * An event with the bytes that it is stored as.
 *
 * @param json what an {@link EventWriter} makes of the event; must not change
 */
public record Encoded(Event.Published event, byte[] json) {

    /** These events with their bytes. */
    static List<Encoded> all(List<? extends Event.Published> events) {
        EventWriter json = new EventWriter();
        List<Encoded> all = new ArrayList<>(events.size());
        for (Event.Published event : events) {
            all.add(new Encoded(event, json.write(event)));
        }
        return all;
    }
}
