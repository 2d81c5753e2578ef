package io.tailrace.server.lines;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads lines such as {@code level=info msg="it works" rows=3}. */
final class Logfmt {

    private Logfmt() {}

    /** The pairs of a line that has nothing but pairs, a level and a message; else null. */
    static @Nullable Map<String, @Nullable Object> read(String line) {
        boolean likely =
                line.indexOf('=') > 0
                        && (line.contains("level=") || line.contains("lvl="))
                        && (line.contains("msg=") || line.contains("message="));
        return likely ? pairs(line) : null;
    }

    private static @Nullable Map<String, @Nullable Object> pairs(String line) {
        Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
        int at = 0;
        while (at < line.length()) {
            if (line.charAt(at) == ' ') {
                at++;
                continue;
            }
            int equals = line.indexOf('=', at);
            if (equals <= at || !key(line, at, equals)) {
                return null;
            }
            StringBuilder value = new StringBuilder();
            int end = value(line, equals + 1, value);
            if (end < 0) {
                return null;
            }
            pairs.put(line.substring(at, equals), value.toString());
            at = end;
        }
        return pairs;
    }

    private static boolean key(String line, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            if (c <= ' ' || c == '"') {
                return false;
            }
        }
        return true;
    }

    /** Where the value ends; -1 when a quote is not closed. */
    private static int value(String line, int from, StringBuilder into) {
        if (from >= line.length() || line.charAt(from) != '"') {
            int space = line.indexOf(' ', from);
            int end = space < 0 ? line.length() : space;
            into.append(line, from, end);
            return end;
        }
        for (int i = from + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                c = line.charAt(i);
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
            }
            into.append(c);
        }
        return -1;
    }
}
