package io.tailrace.server.lines;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Joins the lines of a stack trace to one event: to the warning or error before them, or else to
 * one of their own. Only a line after which a trace may come is held back; whoever uses this must
 * let it go when nothing comes for a while. Colours stay in and count for nothing. Not thread-safe.
 */
public final class TraceJoiner {

    private static final String JAVA = "Exception in thread "; // its trace begins on that line
    private static final String REDACTED = "redacted";
    private static final int MOST_LINES = 1_000;
    private static final int MOST_CHARACTERS = 128 * 1024;

    /** What may come next. */
    private enum State {
        /** A warning or error: an exception, or frames. */
        LOG,
        /** An exception: more lines of its message, set in, or frames. */
        HEADER,
        FRAMES,
        /** What Node tells of an error behind its frames, up to a brace. */
        MEMBERS,
        PYTHON,
        PYTHON_END,
        PYTHON_CHAIN,
        GO
    }

    private final Consumer<Event.Log> out;
    private final List<Event.Log> blank = new ArrayList<>(); // may belong to it
    private final StringBuilder rest = new StringBuilder();
    private Event.@Nullable Log head;
    private State state = State.LOG;
    private boolean own; // the trace is an entry by itself
    private boolean damaged;
    private final Set<Object> redacted = new LinkedHashSet<>(); // what was masked in its lines
    private int lines;
    private String last = "";

    /**
     * Joins lines.
     *
     * @param out takes events, in order
     */
    public TraceJoiner(Consumer<Event.Log> out) {
        this.out = out;
    }

    /** Whether a line is held back. */
    public boolean holds() {
        return head != null;
    }

    /**
     * Takes the next line.
     *
     * @param levelled whether the line itself says how grave it is
     */
    public void take(Event.Log line, boolean levelled) {
        String text = TraceLine.plain(line.message());
        if (head != null && !levelled && continues(line, text)) {
            return;
        }
        flush();
        if (begins(line, text, levelled)) {
            head = line;
        } else {
            out.accept(line);
        }
    }

    private boolean begins(Event.Log line, String text, boolean levelled) {
        own = true;
        if (levelled) {
            own = false;
            state = State.LOG;
            return line.level() == Level.ERROR || line.level() == Level.WARN;
        }
        if (text.equals(TraceLine.PYTHON)) {
            state = State.PYTHON;
        } else if (TraceLine.panic(text)) {
            state = State.GO;
        } else if (TraceLine.header(text)) {
            state = State.HEADER;
        } else {
            return false;
        }
        return true;
    }

    private boolean continues(Event.Log line, String text) {
        if (lines >= MOST_LINES || rest.length() + text.length() > MOST_CHARACTERS) {
            return false;
        }
        boolean mayBlank =
                state == State.GO || state == State.PYTHON_END || state == State.PYTHON_CHAIN;
        if (text.isEmpty() && mayBlank && blank.size() < 2) {
            blank.add(line);
            return true;
        }
        State next = next(text);
        if (next == null) {
            return false;
        }
        state = next;
        blank.forEach(each -> append(each.message()));
        blank.clear();
        append(line.message());
        damaged |= line.header().fields().containsKey("invalid_utf8");
        if (line.header().fields().get(REDACTED) instanceof List<?> rules) {
            redacted.addAll(rules);
        }
        return true;
    }

    private void append(String text) {
        rest.append(lines == 0 ? "" : "\n").append(text);
        lines++;
        last = text;
    }

    /** The state behind that line; null when it does not belong to the trace. */
    private @Nullable State next(String text) {
        return switch (state) {
            case LOG -> first(text);
            case HEADER ->
                    TraceLine.frame(text)
                            ? behind(text)
                            : text.startsWith("  ") || text.startsWith("\t") ? State.HEADER : null;
            case FRAMES -> TraceLine.frame(text) ? behind(text) : null;
            case MEMBERS ->
                    text.equals("}")
                            ? State.FRAMES
                            : text.startsWith("  ") || text.startsWith("\t") ? State.MEMBERS : null;
            case PYTHON ->
                    text.isEmpty()
                            ? null
                            : text.charAt(0) == ' ' || text.charAt(0) == '\t'
                                    ? State.PYTHON
                                    : State.PYTHON_END;
            case PYTHON_END -> TraceLine.chain(text) ? State.PYTHON_CHAIN : null;
            case PYTHON_CHAIN -> text.equals(TraceLine.PYTHON) ? State.PYTHON : null;
            case GO -> TraceLine.go(text) ? State.GO : null;
        };
    }

    private static State behind(String frame) {
        return frame.endsWith(" {") ? State.MEMBERS : State.FRAMES;
    }

    private static @Nullable State first(String text) {
        if (text.equals(TraceLine.PYTHON)) {
            return State.PYTHON;
        }
        if (TraceLine.panic(text)) {
            return State.GO;
        }
        if (TraceLine.header(text)) {
            return State.HEADER;
        }
        return TraceLine.frame(text) ? State.FRAMES : null;
    }

    /** Lets go what is held back: nothing more belongs to it. */
    public void flush() {
        Event.Log held = head;
        if (held == null) {
            return;
        }
        head = null;
        boolean thrown = own && thrown(held); // with or without frames
        out.accept(lines == 0 && !thrown ? held : joined(held));
        blank.forEach(out);
        blank.clear();
        rest.setLength(0);
        lines = 0;
        damaged = false;
        redacted.clear();
    }

    private static boolean thrown(Event.Log held) {
        return TraceLine.plain(held.message()).startsWith(JAVA);
    }

    private Event.Log joined(Event.Log held) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(held.header().fields());
        if (lines > 0) {
            fields.put("lines", lines + 1L);
        }
        if (damaged) {
            fields.put("invalid_utf8", true);
        }
        if (!redacted.isEmpty()) {
            Set<Object> all = new LinkedHashSet<>();
            if (fields.get(REDACTED) instanceof List<?> rules) {
                all.addAll(rules);
            }
            all.addAll(redacted);
            fields.put(REDACTED, List.copyOf(all));
        }
        Header header = held.header().withFields(fields);
        if (!own) {
            return new Event.Log(
                    header, held.level(), held.message(), held.logger(), rest.toString());
        }
        boolean python =
                TraceLine.plain(held.message()).equals(TraceLine.PYTHON)
                        && state == State.PYTHON_END;
        boolean whole = python || thrown(held);
        return new Event.Log(
                header,
                Level.ERROR,
                python ? last : held.message(),
                held.logger(),
                whole ? held.message() + (lines > 0 ? "\n" : "") + rest : rest.toString());
    }
}
