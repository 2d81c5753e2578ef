package io.tailrace.publisher;

import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.util.Map;

/**
 * Names a run or a task to what a thread logs, in SLF4J's MDC, until closed; then what was there
 * before is there again. Open and close it on the same thread.
 */
public final class LogContext implements AutoCloseable {

    static final String RUN = "tailrace.run";
    static final String TASK = "tailrace.task";
    static final String ATTEMPT = "tailrace.attempt";

    private static final boolean SLF4J = slf4jIsThere();

    private final @Nullable Map<String, String> before;

    private LogContext(@Nullable Map<String, String> before) {
        this.before = before;
    }

    static LogContext of(Subject subject) {
        return SLF4J ? new LogContext(Slf4j.open(subject)) : new LogContext(null);
    }

    @Override
    public void close() {
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
