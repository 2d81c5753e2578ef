package io.tailrace.server.lines;

import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What is certain about a line of text, by how it begins: a time, then within a few words a level;
 * or a level that stands apart. Colours in front do not matter.
 *
 * @param time null when it is not certain
 * @param level null when it is not certain
 */
record TextLine(@Nullable Instant time, @Nullable Level level) {

    private static final int WORDS = 6; // to look for a level behind a time
    private static final int FAR = 160;
    private static final char ESCAPE = '\u001b';

    static TextLine of(String line, LineTimes times, Instant now) {
        int from = bare(line, 0);
        int begin = from < line.length() && line.charAt(from) == '[' ? from + 1 : from;
        int end = LineTimes.end(line, begin);
        if (end > 0) {
            return new TextLine(times.instant(line, begin, end, now), behind(line, end));
        }
        if (clock(line, begin)) {
            return new TextLine(null, behind(line, begin + 8));
        }
        Level klog = klog(line, from);
        return new TextLine(null, klog == null ? apart(line, from) : klog);
    }

    /** Where a line begins behind its colours and spaces. */
    static int bare(String line, int from) {
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ' ') {
                at++;
            } else if (c == ESCAPE && at + 1 < line.length() && line.charAt(at + 1) == '[') {
                at += 2;
                while (at < line.length() && !Character.isLetter(line.charAt(at))) {
                    at++;
                }
                at++;
            } else {
                return at;
            }
        }
        return Math.min(at, line.length());
    }

    /** A time of day, or one with a date that may be read in several ways. */
    private static boolean clock(String line, int at) {
        int colon = line.indexOf(':', at);
        if (colon < at + 2 || colon > at + 11 || colon + 6 > line.length()) {
            return false;
        }
        for (int i = at; i < colon + 6; i++) {
            char c = line.charAt(i);
            if ((c < '0' || c > '9') && c != ':' && c != '/' && c != ' ' && c != '-') {
                return false;
            }
        }
        return line.charAt(colon + 3) == ':';
    }

    /** The first of the next words that is a level; what stands in brackets is a word. */
    private static @Nullable Level behind(String line, int from) {
        int at = from;
        int most = Math.min(line.length(), from + FAR);
        for (int word = 0; word < WORDS && at < most; word++) {
            while (at < most && !Character.isLetterOrDigit(line.charAt(at))) {
                at = line.charAt(at) == ESCAPE ? bare(line, at) : at + 1;
            }
            int begin = at;
            while (at < most && part(line.charAt(at))) {
                at++;
            }
            if (upper(line, begin, at) || (word == 0 && at > begin)) {
                Level level = Levels.word(line.substring(begin, at));
                if (level != null) {
                    return level;
                }
            }
        }
        return null;
    }

    private static boolean part(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '$';
    }

    private static boolean upper(String line, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (line.charAt(i) < 'A' || line.charAt(i) > 'Z') {
                return false;
            }
        }
        return end > begin + 2;
    }

    /** Such as {@code [ERROR] …}, {@code ERROR: …}, {@code ERROR - …}, {@code ERROR [main] …}. */
    private static @Nullable Level apart(String line, int from) {
        boolean bracket = from < line.length() && line.charAt(from) == '[';
        int begin = bracket ? bare(line, from + 1) : from;
        int end = begin;
        while (end < line.length() && line.charAt(end) >= 'A' && line.charAt(end) <= 'Z') {
            end++;
        }
        if (!upper(line, begin, end) || end == line.length()) {
            return null;
        }
        int next = bare(line, end);
        char c = next < line.length() ? line.charAt(next) : '\n';
        boolean colon = c == ':' && (next == end || line.charAt(end) == ESCAPE);
        boolean apart = bracket ? c == ']' : colon || "[-|".indexOf(c) >= 0;
        return apart || line.startsWith("  ", end) ? Levels.word(line.substring(begin, end)) : null;
    }

    /** Such as {@code E1121 10:00:00.123456 12 file.go:7] …}. */
    private static @Nullable Level klog(String line, int from) {
        if (from + 21 > line.length()
                || "IWEF".indexOf(line.charAt(from)) < 0
                || line.charAt(from + 5) != ' '
                || !clock(line, from + 6)
                || line.indexOf(']', from) < 0) {
            return null;
        }
        for (int i = from + 1; i < from + 5; i++) {
            if (line.charAt(i) < '0' || line.charAt(i) > '9') {
                return null;
            }
        }
        return switch (line.charAt(from)) {
            case 'I' -> Level.INFO;
            case 'W' -> Level.WARN;
            default -> Level.ERROR;
        };
    }
}
