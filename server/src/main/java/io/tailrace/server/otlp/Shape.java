package io.tailrace.server.otlp;

import java.util.HashMap;
import java.util.Map;

/**
 * The fields of a message that are read: their names in JSON and their numbers.
 *
 * @param numbers by name
 */
record Shape(Map<String, Integer> numbers) {

    /** Names with the number behind them, such as {@code "name:1 value:2"}. */
    static Shape of(String fields) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String field : fields.split(" ", -1)) {
            int colon = field.indexOf(':');
            numbers.put(field.substring(0, colon), Integer.valueOf(field.substring(colon + 1)));
        }
        return new Shape(Map.copyOf(numbers));
    }

    /** The number of the field with that name; 0 when it is not read. */
    int number(String name) {
        return numbers.getOrDefault(name, 0);
    }
}
