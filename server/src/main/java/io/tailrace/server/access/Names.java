package io.tailrace.server.access;

import java.util.Optional;
import java.util.regex.Pattern;

/** What principals may be called. */
final class Names {

    /** The longest name, in characters. */
    static final int MAX = 256;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+=|~-]{0,127}");

    /** What the names begin with under which the gateway's sources leave dead letters. */
    private static final String SOURCES = "source:";

    private Names() {}

    /** Whether a name can stand in a channel's name without changing what it means. */
    static boolean plain(String name) {
        return PLAIN.matcher(name).matches() && objection(name).isEmpty();
    }

    /** Why nobody may have that name; empty when somebody may. */
    static Optional<String> objection(String name) {
        if (name.isBlank() || name.length() > MAX) {
            return Optional.of("A name has 1 to " + MAX + " characters.");
        }
        if (name.equals(OpenCaller.NAME)) {
            return Optional.of("Nobody may be called '" + OpenCaller.NAME + "'.");
        }
        if (name.startsWith(SOURCES)) {
            return Optional.of(
                    "Names that begin with '" + SOURCES + "' are the gateway's own sources.");
        }
        if (!name.codePoints().allMatch(Names::visible) || !name.equals(name.strip())) {
            return Optional.of("A name may not have control or invisible characters.");
        }
        return Optional.empty();
    }

    /** Text of strangers, shortened, without characters that disturb logs and terminals. */
    static String shown(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(100).forEach(c -> clean.appendCodePoint(visible(c) ? c : '?'));
        return text.codePointCount(0, text.length()) > 100 ? clean + "…" : clean.toString();
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
