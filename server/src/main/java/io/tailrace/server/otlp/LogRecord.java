package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** A log record as it was sent. Confined to one thread. */
final class LogRecord {

    private static final Shape SHAPE =
            Shape.of(
                    "timeUnixNano:1 severityNumber:2 severityText:3 body:5 attributes:6"
                            + " droppedAttributesCount:7 traceId:9 spanId:10"
                            + " observedTimeUnixNano:11 eventName:12");

    final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    long time; // nanoseconds since 1970; 0 when it is not known
    int severity;
    String severityText = "";
    @Nullable Object body;
    @Nullable String trace;
    @Nullable String span;
    String event = "";
    long dropped;
    int size; // in the request, in bytes

    static LogRecord read(Source in) {
        LogRecord log = new LogRecord();
        int from = in.position();
        long observed = 0;
        in.enter();
        for (int field = in.next(SHAPE); field != 0; field = in.next(SHAPE)) {
            if (field == 11) {
                observed = in.whole();
            } else {
                log.field(in, field);
            }
        }
        log.time = log.time == 0 ? observed : log.time;
        log.size = in.position() - from;
        return log;
    }

    private void field(Source in, int field) {
        switch (field) {
            case 1 -> time = in.whole();
            case 2 -> severity = (int) in.whole();
            case 3 -> severityText = in.text();
            case 5 -> body = Values.any(in);
            case 6 -> Values.attribute(in, attributes);
            case 7 -> dropped = in.whole();
            case 9 -> trace = in.id(16);
            case 10 -> span = in.id(8);
            case 12 -> event = in.text();
            default -> in.skip();
        }
    }
}
