package io.tailrace.publisher;

import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.util.Map;

/**
 * Names a run or a task to what a thread logs, until closed; then what was there before is there
 * again. {@link TailraceHandler} asks here; {@link TailraceAppender} and whoever else uses Logback
 * find it in SLF4J's MDC, where that is there. Open and close it on the same thread.
 */
public final class LogContext implements AutoCloseable {

    static final String RUN = "tailrace.run";
    static final String TASK = "tailrace.task";
    static final String ATTEMPT = "tailrace.attempt";

    private static final boolean SLF4J = slf4jIsThere();

    private static final ThreadLocal<@Nullable Subject> CURRENT = new ThreadLocal<>();

    private final @Nullable Map<String, String> before;
    private final @Nullable Subject outer;

    private LogContext(@Nullable Map<String, String> before, @Nullable Subject outer) {
        this.before = before;
        this.outer = outer;
    }

    static LogContext of(Subject subject) {
        Subject outer = CURRENT.get();
        CURRENT.set(subject);
        return new LogContext(SLF4J ? Slf4j.open(subject) : null, outer);
    }

    /** What this thread's lines are about; null when nobody says. */
    static @Nullable Subject current() {
        return CURRENT.get();
    }

    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        if (SLF4J) {
            Slf4j.restore(before);
        }
    }

    private static boolean slf4jIsThere() {
        try {
            Slf4j.touch();
            return true;
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    /** Loaded only where SLF4J, an optional dependency, is there. */
    private static final class Slf4j {

        private Slf4j() {}

        static void touch() {
            MDC.get(RUN);
        }

        static @Nullable Map<String, String> open(Subject subject) {
            Map<String, String> before = MDC.getCopyOfContextMap();
            put(RUN, subject.run());
            put(TASK, subject.task());
            put(ATTEMPT, subject.attempt());
            return before;
        }

        static void restore(@Nullable Map<String, String> before) {
            if (before == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(before);
            }
        }

        private static void put(String key, @Nullable Object value) {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value.toString());
            }
        }
    }
}
