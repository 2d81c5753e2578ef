package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

/**
 * What a line's text, or one of its further fields, must contain.
 *
 * @param field the name of the field; null for the text
 * @param query what to look for; in a field without a regular expression its whole value
 * @param without whether lines that have it are left out instead
 */
public record TextCondition(@Nullable String field, FindQuery query, boolean without) {

    /** A text that lines must contain. */
    public static TextCondition text(FindQuery query) {
        return new TextCondition(null, query, false);
    }

    /** A field that must have a value. */
    public static TextCondition field(String name, String value) {
        return new TextCondition(name, new FindQuery(value, false, true), false);
    }

    /** The same, the other way round. */
    public TextCondition negated() {
        return new TextCondition(field, query, !without);
    }

    /** As people write it. */
    public String words() {
        String sign = without ? "not " : "";
        String value = query.regex() ? "/" + query.text() + "/" : query.text();
        return field == null ? sign + value : sign + field + " = " + value;
    }
}
