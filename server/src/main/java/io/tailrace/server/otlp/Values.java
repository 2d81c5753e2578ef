package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads attributes and other values of any type as Java values. */
final class Values {

    private static final Shape PAIR = Shape.of("key:1 value:2");
    private static final Shape ANY =
            Shape.of(
                    "stringValue:1 boolValue:2 intValue:3 doubleValue:4 arrayValue:5 kvlistValue:6"
                            + " bytesValue:7");
    private static final Shape LIST = Shape.of("values:1");
    private static final int LONGEST_NAME = 256;

    private Values() {}

    /** One attribute, put among the others. */
    static void attribute(Source in, Map<String, @Nullable Object> into) {
        String name = "";
        Object value = null;
        in.enter();
        for (int field = in.next(PAIR); field != 0; field = in.next(PAIR)) {
            switch (field) {
                case 1 -> name = in.text();
                case 2 -> value = any(in);
                default -> in.skip();
            }
        }
        into.put(Texts.cut(name, LONGEST_NAME), value);
    }

    /** A text, a boolean, a number, a list or a map; bytes in base64; null when it is empty. */
    static @Nullable Object any(Source in) {
        Object value = null;
        in.enter();
        for (int field = in.next(ANY); field != 0; field = in.next(ANY)) {
            switch (field) {
                case 1 -> value = in.text();
                case 2 -> value = in.flag();
                case 3 -> value = in.whole();
                case 4 -> value = in.decimal();
                case 5 -> value = list(in);
                case 6 -> value = map(in);
                case 7 -> value = Base64.getEncoder().encodeToString(in.bytes());
                default -> in.skip();
            }
        }
        return value;
    }

    private static List<@Nullable Object> list(Source in) {
        List<@Nullable Object> values = new ArrayList<>();
        in.enter();
        for (int field = in.next(LIST); field != 0; field = in.next(LIST)) {
            if (field == 1) {
                values.add(any(in));
            } else {
                in.skip();
            }
        }
        return values;
    }

    private static Map<String, @Nullable Object> map(Source in) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        in.enter();
        for (int field = in.next(LIST); field != 0; field = in.next(LIST)) {
            if (field == 1) {
                attribute(in, values);
            } else {
                in.skip();
            }
        }
        return values;
    }
}
