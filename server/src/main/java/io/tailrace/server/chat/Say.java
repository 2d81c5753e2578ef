package io.tailrace.server.chat;

import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskStatus;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers, times and names as people say them, in Markdown that nothing quoted can break. */
final class Say {

    private static final int MAX_QUOTE = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Say() {}

    /** With thousands separators: 1,234,567. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** With its noun: 1 task, 2,000 tasks. */
    static String count(long value, String noun) {
        return number(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** Without needless digits: 55 %, 33.3 %. */
    static String percent(double value) {
        double rounded = Math.floor(value * 10) / 10; // never 100 % before it is done
        return rounded == Math.rint(rounded)
                ? (long) rounded + " %"
                : String.format(Locale.ROOT, "%.1f %%", rounded);
    }

    /** The two largest units: 9 m 40 s, 2 h 5 m, 350 ms. */
    static String duration(Duration value) {
        long seconds = value.toSeconds();
        if (seconds < 1) {
            return value.toMillis() + " ms";
        }
        if (seconds < 10 && value.toMillisPart() >= 100) {
            return String.format(Locale.ROOT, "%d.%d s", seconds, value.toMillisPart() / 100);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return pair(seconds / 60, "m", seconds % 60, "s");
        }
        return seconds < 86_400
                ? pair(seconds / 3_600, "h", seconds % 3_600 / 60, "m")
                : pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    /** The time of day. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /** A name, as code. */
    static String name(String name) {
        return quote(name);
    }

    /** Text that somebody else wrote: one line, bounded, as code, so that nothing in it acts. */
    static String quote(String text) {
        StringBuilder line = new StringBuilder();
        int run = 0;
        int fence = 1;
        int length = Math.min(text.length(), MAX_QUOTE);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            run = c == '`' ? run + 1 : 0;
            fence = Math.max(fence, run + 1);
            boolean space = Character.isISOControl(c) || Character.isWhitespace(c);
            boolean hidden = Character.getType(c) == Character.FORMAT;
            line.append(space || hidden ? ' ' : c);
        }
        if (length > 0 && Character.isHighSurrogate(line.charAt(length - 1))) {
            line.setLength(length - 1);
        }
        String shown = line.toString().strip();
        String rest = text.length() > MAX_QUOTE ? "…" : "";
        String pad = shown.startsWith("`") || shown.endsWith("`") || shown.isEmpty() ? " " : "";
        String ticks = "`".repeat(fence);
        return ticks + pad + shown + rest + pad + ticks;
    }

    /** The run and its workflow. */
    static String run(RunState run) {
        return "Run " + name(run.key().run()) + " of " + name(run.key().workflow());
    }

    /** How a run ended, or that it goes on. */
    static String status(RunStatus status) {
        return switch (status) {
            case RUNNING -> "is running";
            case PAUSED -> "is paused";
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case CANCELLED -> "was cancelled";
        };
    }

    /** Where a task stands. */
    static String status(TaskStatus status) {
        return switch (status) {
            case WAITING -> "has not begun";
            case RUNNING -> "is running";
            case PAUSED -> "is paused";
            case RETRYING -> "failed and will be retried";
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case SKIPPED -> "did not run";
            case CANCELLED -> "was cancelled";
        };
    }

    /** Some of many: the first few names and how many more there are. */
    static String names(List<String> names, int most) {
        String some = String.join(", ", names.stream().limit(most).map(Say::name).toList());
        return names.size() <= most ? some : some + " and " + number(names.size() - most) + " more";
    }

    private static String pair(long large, String unit, long small, String smallUnit) {
        return number(large) + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
