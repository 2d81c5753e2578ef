package io.tailrace.server.lines;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of an object that a logger of others wrote, taken out one by one by the names that
 * Logback, Logstash, Log4j, Elastic, structlog, Python, pino, bunyan, Serilog, zap, GELF and Docker
 * use; what nobody takes stays. Confined to one thread.
 */
final class StrangerLine {

    private static final List<String> TIMES =
            List.of(
                    "@timestamp",
                    "timestamp",
                    "time",
                    "ts",
                    "@t",
                    "asctime",
                    "datetime",
                    "instant");
    private static final List<String> LEVELS =
            List.of("log.level", "level", "@l", "severity", "levelname", "log_level", "lvl");
    private static final List<String> MESSAGES =
            List.of("formattedMessage", "message", "msg", "@m", "event", "short_message");
    private static final List<String> LOGGERS =
            List.of("logger", "logger_name", "loggerName", "log.logger", "SourceContext", "name");
    private static final List<String> THREADS =
            List.of("thread", "thread_name", "threadName", "process.thread.name");
    private static final List<String> TRACES =
            List.of(
                    "stack_trace",
                    "stacktrace",
                    "stackTrace",
                    "error.stack_trace",
                    "exc_info",
                    "exception",
                    "@x",
                    "thrown",
                    "throwable",
                    "err",
                    "error",
                    "stack",
                    "full_message");
    private static final List<String> NESTED =
            List.of("extendedStackTrace", "stack_trace", "stackTrace", "stack");
    private static final int LONGEST_NAME = 256;

    private final Map<String, @Nullable Object> members;
    private final LineTimes times;

    StrangerLine(Map<String, @Nullable Object> object, LineTimes times) {
        this.members = new LinkedHashMap<>(object);
        this.times = times;
        flatten("log", "level", "logger");
        flatten("error", "stack_trace");
    }

    /** Elastic's names may be written as one object within another. */
    private void flatten(String outer, String... inner) {
        if (members.get(outer) instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> rest = new LinkedHashMap<>();
            map.forEach((name, value) -> rest.put(String.valueOf(name), value));
            boolean found = false;
            for (String name : inner) {
                if (rest.get(name) instanceof String text) {
                    members.put(outer + "." + name, text);
                    rest.remove(name);
                    found = true;
                }
            }
            if (found && rest.isEmpty()) {
                members.remove(outer);
            } else if (found) {
                members.put(outer, rest);
            }
        }
    }

    /** The log event it is; null when it lacks a message, or both a time and a level. */
    Event.@Nullable Log log(Header base, Level otherwise, @Nullable String otherLogger) {
        boolean gelf = members.containsKey("short_message");
        boolean serilog = members.containsKey("@t");
        String message = message(serilog);
        if (message == null) {
            return null;
        }
        Instant time = time(base.timestamp());
        Level level = level(gelf);
        if (time == null && level == null) {
            return null;
        }
        String trace = trace();
        String logger = name(text(LOGGERS));
        String thread = text(THREADS);
        Subject subject = subject(base.subject());
        if (thread != null) {
            members.put("thread", thread);
        }
        Header header =
                Header.of(base.channel(), time == null ? base.timestamp() : time, subject)
                        .withFields(members);
        return new Event.Log(
                header,
                level == null ? otherwise : level,
                message,
                logger == null ? otherLogger : logger,
                trace);
    }

    private @Nullable String message(boolean serilog) {
        String message = text(MESSAGES);
        if (message == null && serilog && members.get("@mt") instanceof String template) {
            members.remove("@mt");
            return Template.filled(template, members);
        }
        if (message == null
                && members.containsKey("stream")
                && members.get("log") instanceof String docker) {
            members.remove("log");
            return docker.stripTrailing();
        }
        return message;
    }

    private @Nullable Instant time(Instant now) {
        for (String name : TIMES) {
            Instant time = times.of(members.get(name), now);
            if (time != null) {
                members.remove(name);
                return time;
            }
        }
        return null;
    }

    private @Nullable Level level(boolean gelf) {
        for (String name : LEVELS) {
            Object value = members.get(name);
            Level level = gelf ? Levels.syslog(value) : Levels.value(value);
            if (level != null) {
                members.remove(name);
                return level;
            }
        }
        return null;
    }

    private @Nullable String text(List<String> names) {
        for (String name : names) {
            if (members.get(name) instanceof String text) {
                members.remove(name);
                return text;
            }
        }
        return null;
    }

    private @Nullable String trace() {
        for (String name : TRACES) {
            Object value = members.get(name);
            String trace = trace(value);
            if (trace != null) {
                if (value instanceof String) { // else the rest of it stays a field
                    members.remove(name);
                }
                return trace;
            }
        }
        return null;
    }

    /** The stack trace that a value is, or has in it; null when it is none. */
    static @Nullable String trace(@Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text.stripTrailing();
        }
        if (value instanceof Map<?, ?> map) {
            for (String nested : NESTED) {
                if (map.get(nested) instanceof String text && !text.isBlank()) {
                    return text.stripTrailing();
                }
            }
        }
        return null;
    }

    private Subject subject(Subject known) {
        String run = name(members.get("run_id") instanceof String text ? text : null);
        if (run == null) {
            return known;
        }
        members.remove("run_id");
        return new Subject(
                known.workspace(),
                known.workflow(),
                run,
                known.task(),
                known.attempt(),
                known.step());
    }

    private static @Nullable String name(@Nullable String text) {
        return text == null
                        || text.isBlank()
                        || text.length() > LONGEST_NAME
                        || text.chars().anyMatch(Character::isISOControl)
                ? null
                : text;
    }
}
