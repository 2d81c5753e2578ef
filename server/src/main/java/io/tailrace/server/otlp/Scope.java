package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What wrote a record within its process: a library, or a logger by its name.
 *
 * @param name its name; may be empty
 * @param version its version; may be empty
 */
record Scope(String name, String version, Map<String, @Nullable Object> attributes) {

    static final Scope NONE = new Scope("", "", Map.of());

    private static final Shape SHAPE = Shape.of("name:1 version:2 attributes:3");

    static Scope read(Source in) {
        String name = "";
        String version = "";
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        in.enter();
        for (int field = in.next(SHAPE); field != 0; field = in.next(SHAPE)) {
            switch (field) {
                case 1 -> name = in.text();
                case 2 -> version = in.text();
                case 3 -> Values.attribute(in, attributes);
                default -> in.skip();
            }
        }
        return new Scope(name, version, attributes);
    }
}
