package io.tailrace.desktop.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The texts that everything a regular expression matches must contain, so that most lines can be
 * ruled out without running it. When in doubt there is none.
 */
final class RequiredLiteral {

    private static final String CLASSES = "dDwWsSbBhHvVAzZGRX";
    private static final String CONTROLS = "tnrfae";

    private final String pattern;
    private final StringBuilder run = new StringBuilder();
    private final List<String> found = new ArrayList<>();
    private int depth;

    private RequiredLiteral(String pattern) {
        this.pattern = pattern;
    }

    /** The longest of them, or an empty text when nothing is certain. */
    static String of(FindQuery query) {
        return all(query).stream().max(Comparator.comparingInt(String::length)).orElse("");
    }

    /** All of them, with letters in lower case when case does not matter. */
    static List<String> all(FindQuery query) {
        if (!query.matchCase() && !query.ascii()) {
            return List.of();
        }
        List<String> literals =
                query.regex() ? new RequiredLiteral(query.text()).find() : List.of(query.text());
        return query.matchCase()
                ? literals
                : literals.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
    }

    private List<String> find() {
        if (pattern.indexOf('|') >= 0 || pattern.contains("(?") || pattern.contains("\\Q")) {
            return List.of();
        }
        int at = 0;
        while (at >= 0 && at < pattern.length()) {
            at = step(at);
        }
        if (at < 0) {
            return List.of();
        }
        end();
        return found;
    }

    /** Reads one element; answers where the next one begins, or -1 to give up. */
    private int step(int at) {
        char c = pattern.charAt(at);
        switch (c) {
            case '\\' -> {
                return escape(at + 1);
            }
            case '[' -> {
                end();
                return classEnd(at + 1);
            }
            case '(' -> {
                end();
                depth++;
            }
            case ')' -> {
                end();
                depth--;
            }
            case '?', '*' -> dropLast();
            case '{' -> {
                dropLast();
                int close = pattern.indexOf('}', at);
                return close < 0 ? -1 : close + 1;
            }
            case '+', '.', '^', '$' -> end();
            default -> literal(c);
        }
        return at + 1;
    }

    private int escape(int at) {
        if (at >= pattern.length()) {
            return -1;
        }
        char c = pattern.charAt(at);
        if (CLASSES.indexOf(c) >= 0 || CONTROLS.indexOf(c) >= 0) {
            end();
            return at + 1;
        }
        if (c < 128 && Character.isLetterOrDigit(c)) {
            return -1; // \x41, \p{L}, \k<name>, \1 and others
        }
        literal(c);
        return at + 1;
    }

    /** Classes are never required text; nested ones and && are left to the engine. */
    private int classEnd(int at) {
        int i = at;
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            return -1;
        }
        for (; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
                if (i < pattern.length() && "QE".indexOf(pattern.charAt(i)) >= 0) {
                    return -1;
                }
            } else if (c == '[') {
                return -1;
            } else if (c == ']') {
                return i + 1;
            }
        }
        return -1;
    }

    private void literal(char c) {
        if (depth == 0) {
            run.append(c);
        }
    }

    private void dropLast() {
        if (!run.isEmpty()) {
            run.setLength(run.length() - 1);
            if (!run.isEmpty() && Character.isHighSurrogate(run.charAt(run.length() - 1))) {
                run.setLength(run.length() - 1);
            }
        }
        end();
    }

    private void end() {
        if (!run.isEmpty()) {
            found.add(run.toString());
        }
        run.setLength(0);
    }
}
