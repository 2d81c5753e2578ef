package io.tailrace.desktop.connection;

import io.tailrace.client.StreamItem;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import java.time.Instant;

/** Items for tests. */
final class Items {

    static final Instant START = Instant.parse("2026-11-21T02:17:00Z");

    private Items() {}

    static StreamItem line(long number) {
        return line(number, "line " + number, START);
    }

    static StreamItem line(long number, String message, Instant timestamp) {
        return line(number, message, timestamp, "nightly-orders");
    }

    static StreamItem line(long number, String message, Instant timestamp, String workflow) {
        Header header = Header.of(Channel.logs("acme", workflow), timestamp, Subject.NONE);
        return new StreamItem.Received(
                new Entry(
                        new Cursor("e", number),
                        new Event.Log(header, Level.INFO, message, null, null)),
                timestamp);
    }

    static long number(StreamItem item) {
        return ((StreamItem.Received) item).entry().cursor().position();
    }
}
