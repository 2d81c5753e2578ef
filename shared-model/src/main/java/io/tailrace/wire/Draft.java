package io.tailrace.wire;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.Function;

/**
 * An event half read: what all kinds have is known, the members of its own kind are still in the
 * fields.
 *
 * @param fields the members that nobody took yet
 */
record Draft(Fields fields, String kind, Channel channel, Instant timestamp, Subject subject) {

    /** The header with everything that nobody took: to be asked for last. */
    Header header() {
        return new Header(channel, timestamp, subject, fields.rest());
    }

    String requiredText(String name) {
        return fields.requiredText(name, kind);
    }

    double required(String name, @Nullable Double value) {
        if (value == null) {
            throw Fields.missing(name, kind);
        }
        return value;
    }

    @Nullable Cursor cursor(String name) {
        String text = fields.text(name);
        return text == null ? null : checked(name, text, Cursor::parse);
    }

    Cursor requiredCursor(String name) {
        return checked(name, requiredText(name), Cursor::parse);
    }

    /** The level; one that nobody knows is kept beside the one that stands in for it. */
    Level level(Level otherwise) {
        String text = fields.text("level");
        if (text == null) {
            return otherwise;
        }
        return Level.parse(text)
                .orElseGet(() -> {
                    fields.rest().putIfAbsent("original_level", text);
                    return otherwise;
                });
    }

    void needsRun() {
        if (subject.run() == null) {
            throw Fields.missing("run", kind);
        }
    }

    /** Reads a text by a parser whose complaint is a sentence already. */
    static <T> T checked(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("Field '%s': %s".formatted(name, e.getMessage()));
        }
    }
}
