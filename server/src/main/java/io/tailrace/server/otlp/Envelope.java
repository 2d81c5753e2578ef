package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is around the records of a request, alike for logs, metrics and spans: resources, and the
 * scopes of each. A resource may come behind its records, so these wait for it.
 *
 * @param <T> a record
 */
final class Envelope<T> {

    /** Takes a record with what is around it. */
    interface Sink<T> {
        void take(Map<String, @Nullable Object> resource, Scope scope, T item);
    }

    private record Scoped<T>(Scope scope, List<T> items) {}

    private static final Shape RESOURCE = Shape.of("attributes:1");

    private final Shape request;
    private final Shape resources;
    private final Shape scopes;
    private final Function<Source, T> reader;

    /**
     * Reads requests of one kind.
     *
     * @param name of the kind in JSON, such as {@code Logs}
     * @param items the name of a scope's records in JSON
     * @param reader reads one of them
     */
    Envelope(String name, String items, Function<Source, T> reader) {
        this.request = Shape.of("resource%s:1".formatted(name));
        this.resources = Shape.of("resource:1 scope%s:2".formatted(name));
        this.scopes = Shape.of("scope:1 %s:2".formatted(items));
        this.reader = reader;
    }

    /**
     * Reads a request.
     *
     * @param wrong told of every record that has something of a wrong type
     */
    void read(Source in, Sink<T> sink, Consumer<WrongMember> wrong) {
        in.enter();
        for (int field = in.next(request); field != 0; field = in.next(request)) {
            if (field == 1) {
                resource(in, sink, wrong);
            } else {
                in.skip();
            }
        }
    }

    private void resource(Source in, Sink<T> sink, Consumer<WrongMember> wrong) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        List<Scoped<T>> all = new ArrayList<>();
        in.enter();
        for (int field = in.next(resources); field != 0; field = in.next(resources)) {
            switch (field) {
                case 1 -> attributes(in, attributes);
                case 2 -> all.add(scope(in, wrong));
                default -> in.skip();
            }
        }
        for (Scoped<T> scoped : all) {
            scoped.items().forEach(item -> sink.take(attributes, scoped.scope(), item));
        }
    }

    private static void attributes(Source in, Map<String, @Nullable Object> into) {
        in.enter();
        for (int field = in.next(RESOURCE); field != 0; field = in.next(RESOURCE)) {
            if (field == 1) {
                Values.attribute(in, into);
            } else {
                in.skip();
            }
        }
    }

    private Scoped<T> scope(Source in, Consumer<WrongMember> wrong) {
        Scope scope = Scope.NONE;
        List<T> items = new ArrayList<>();
        in.enter();
        for (int field = in.next(scopes); field != 0; field = in.next(scopes)) {
            switch (field) {
                case 1 -> scope = Scope.read(in);
                case 2 -> item(in, items, wrong);
                default -> in.skip();
            }
        }
        return new Scoped<>(scope, items);
    }

    private void item(Source in, List<T> items, Consumer<WrongMember> wrong) {
        try {
            items.add(in.record(reader));
        } catch (WrongMember e) {
            wrong.accept(e);
        }
    }
}
