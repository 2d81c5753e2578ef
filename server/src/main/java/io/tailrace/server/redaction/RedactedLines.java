package io.tailrace.server.redaction;

import io.tailrace.model.Event;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * Masks secrets in the lines of one request. A private key that is printed has many lines, of which
 * only the first and the last say what they are; those between are masked too. Confined to one
 * thread.
 */
public final class RedactedLines {

    private static final Pattern BEGIN =
            Pattern.compile("-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----");
    private static final Pattern KEY_LINE =
            Pattern.compile(
                    "[\\sA-Za-z0-9+/=]{0,200}+|\\s*(?:Proc-Type|DEK-Info|Version|Comment):.{0,200}");
    private static final int MOST_LINES = 500;

    private final Redactor redactor;
    private @Nullable Subject keyOf; // who prints a key; null while nobody does
    private int lines;

    /** Masks with that. */
    public RedactedLines(Redactor redactor) {
        this.redactor = redactor;
    }

    /**
     * The event without secrets; the same object when there are none.
     *
     * @param bytes what the event was made of: the line
     */
    public Event.Published without(Event.Published event, byte[] bytes, int offset, int length) {
        boolean worth = redactor.suspicious(bytes, offset, length);
        if (!worth && keyOf == null) {
            return event;
        }
        Event.Published masked = worth ? redactor.redact(event) : event;
        return event instanceof Event.Log log ? inKey(log, masked) : masked;
    }

    /** The event without secrets, when there are no bytes to look at first. */
    public Event.Published without(Event.Published event) {
        Event.Published masked = redactor.redact(event);
        return event instanceof Event.Log log ? inKey(log, masked) : masked;
    }

    /** The same for an event by itself, of which these are the bytes. */
    public Event.Published without(Event.Published event, byte[] json) {
        return without(event, json, 0, json.length);
    }

    private Event.Published inKey(Event.Log line, Event.Published masked) {
        if (keyOf == null) {
            var begin = BEGIN.matcher(line.message());
            boolean opens =
                    redactor.masksKeys()
                            && begin.find()
                            && line.message().indexOf("-----END", begin.end()) < 0;
            keyOf = opens ? line.subject() : null;
            lines = 0;
            return masked;
        }
        if (!keyOf.equals(line.subject())) {
            return masked; // somebody else in between
        }
        boolean inside = KEY_LINE.matcher(line.message()).matches() && ++lines <= MOST_LINES;
        if (!inside) {
            keyOf = null;
            return masked;
        }
        return line.message().isBlank() ? masked : redactor.hide(line);
    }
}
