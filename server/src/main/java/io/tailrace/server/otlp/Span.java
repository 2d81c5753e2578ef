package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A span as it was sent: something that has ended. Confined to one thread. */
final class Span {

    static final int CLIENT = 3;
    static final int PRODUCER = 4;

    private static final Shape SHAPE =
            Shape.of(
                    "traceId:1 spanId:2 parentSpanId:4 name:5 kind:6 startTimeUnixNano:7"
                            + " endTimeUnixNano:8 attributes:9 events:11 links:13 status:15");
    private static final Shape EVENT = Shape.of("timeUnixNano:1 name:2 attributes:3");
    private static final Shape LINK = Shape.of("traceId:1 spanId:2");
    private static final Shape STATUS = Shape.of("message:2 code:3");
    private static final int ERROR = 2;

    /**
     * Something that happened during it.
     *
     * @param time nanoseconds since 1970
     */
    record Happening(long time, String name, Map<String, @Nullable Object> attributes) {}

    /** Another span that it has to do with. */
    record Link(@Nullable String trace, @Nullable String span) {}

    final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    final List<Happening> happenings = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    @Nullable String trace;
    @Nullable String id;
    @Nullable String parent;
    String name = "";
    int kind;
    long start; // nanoseconds since 1970
    long end;
    boolean failed;
    String status = "";
    int size; // in the request, in bytes

    static Span read(Source in) {
        Span span = new Span();
        int from = in.position();
        in.enter();
        for (int field = in.next(SHAPE); field != 0; field = in.next(SHAPE)) {
            span.field(in, field);
        }
        span.size = in.position() - from;
        return span;
    }

    private void field(Source in, int field) {
        switch (field) {
            case 1 -> trace = in.id(16);
            case 2 -> id = in.id(8);
            case 4 -> parent = in.id(8);
            case 5 -> name = in.text();
            case 6 -> kind = (int) in.whole();
            case 7 -> start = in.whole();
            case 8 -> end = in.whole();
            case 9 -> Values.attribute(in, attributes);
            case 11 -> happenings.add(happening(in));
            case 13 -> links.add(link(in));
            case 15 -> status(in);
            default -> in.skip();
        }
    }

    private static Happening happening(Source in) {
        long time = 0;
        String name = "";
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        in.enter();
        for (int field = in.next(EVENT); field != 0; field = in.next(EVENT)) {
            switch (field) {
                case 1 -> time = in.whole();
                case 2 -> name = in.text();
                case 3 -> Values.attribute(in, attributes);
                default -> in.skip();
            }
        }
        return new Happening(time, name, attributes);
    }

    private static Link link(Source in) {
        String trace = null;
        String span = null;
        in.enter();
        for (int field = in.next(LINK); field != 0; field = in.next(LINK)) {
            switch (field) {
                case 1 -> trace = in.id(16);
                case 2 -> span = in.id(8);
                default -> in.skip();
            }
        }
        return new Link(trace, span);
    }

    private void status(Source in) {
        in.enter();
        for (int field = in.next(STATUS); field != 0; field = in.next(STATUS)) {
            switch (field) {
                case 2 -> status = in.text();
                case 3 -> failed = in.whole() == ERROR;
                default -> in.skip();
            }
        }
    }
}
