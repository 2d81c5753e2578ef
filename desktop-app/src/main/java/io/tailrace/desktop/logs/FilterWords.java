package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;
import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filters as people type them, one condition at a time: {@code timeout}, {@code not heartbeat},
 * {@code /pay.*ms/}, {@code order_id = 17}, {@code level warn}, {@code last 10m}, {@code 02:10 to
 * 02:30}, {@code workflow nightly-orders}, {@code source sink-3}, {@code attempt 2}.
 */
final class FilterWords {

    /** What may be typed, for the field's prompt. */
    static final String HINT = Texts.text("logs.filter.hint");

    private static final Pattern FIELD = Pattern.compile("(not\\s+)?([\\w.\\-]+)\\s*=\\s*(.*)");
    private static final Pattern LAST = Pattern.compile("last\\s+(\\d{1,6})\\s*(s|m|h|d)");
    private static final Pattern SPAN = Pattern.compile("(\\S+(?: \\d\\S*)?)\\s+to\\s+(\\S.*)");
    private static final Pattern NAMED =
            Pattern.compile("(level|workspace|workflow|run|task|attempt|source|around)\\s+(\\S.*)");

    private FilterWords() {}

    /**
     * A filter with one more condition.
     *
     * @param now for times that are told from now
     * @return empty when the words are empty, or name what does not exist
     */
    static Optional<LineFilter> with(LineFilter filter, String words, Instant now, ZoneId zone) {
        String text = words.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher last = LAST.matcher(text);
        if (last.matches()) {
            long millis = Long.parseLong(last.group(1)) * unit(last.group(2));
            return Optional.of(
                    filter.withTime(new TimeRange(now.toEpochMilli() - millis, Long.MAX_VALUE)));
        }
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            Optional<TimeRange> range = range(span.group(1), span.group(2), now, zone);
            if (range.isPresent()) {
                return range.map(filter::withTime);
            }
        }
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            return named(filter, named.group(1), named.group(2).strip());
        }
        Matcher field = FIELD.matcher(text);
        if (field.matches()) {
            TextCondition condition = TextCondition.field(field.group(2), field.group(3).strip());
            return Optional.of(
                    filter.with(field.group(1) == null ? condition : condition.negated()));
        }
        return text(filter, text);
    }

    private static Optional<LineFilter> text(LineFilter filter, String words) {
        boolean without = words.startsWith("not ") && words.length() > 4;
        String text = without ? words.substring(4).strip() : words;
        boolean regex = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
        String sought = regex ? text.substring(1, text.length() - 1) : text;
        FindQuery query = new FindQuery(sought, regex, false);
        return query.problem().isEmpty()
                ? Optional.of(filter.with(new TextCondition(null, query, without)))
                : Optional.empty();
    }

    private static Optional<LineFilter> named(LineFilter filter, String name, String value) {
        LineScope scope = filter.scope();
        return switch (name) {
            case "level" -> Level.parse(value).map(filter::withLevel);
            case "workspace" -> Optional.of(filter.withScope(scope.withWorkspace(value)));
            case "workflow" -> Optional.of(filter.withScope(scope.withWorkflow(value)));
            case "source" -> Optional.of(filter.withScope(scope.withSource(value)));
            case "task" -> Optional.of(filter.withTask(value));
            case "attempt" ->
                    number(value).map(n -> filter.withScope(scope.withAttempt(n.intValue())));
            case "around" -> number(value).map(n -> filter.withAround(n.intValue()));
            default -> run(value).map(filter::withRun);
        };
    }

    private static Optional<RunKey> run(String value) {
        String[] parts = value.split("/", 3);
        return parts.length == 3
                ? Optional.of(new RunKey(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    private static Optional<Long> number(String value) {
        return value.matches("\\d{1,6}") ? Optional.of(Long.parseLong(value)) : Optional.empty();
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }

    private static Optional<TimeRange> range(String from, String to, Instant now, ZoneId zone) {
        Optional<Long> begin = moment(from, now, zone);
        Optional<Long> end = "now".equals(to) ? Optional.of(Long.MAX_VALUE) : moment(to, now, zone);
        return begin.isPresent() && end.isPresent()
                ? Optional.of(new TimeRange(begin.get(), end.get()))
                : Optional.empty();
    }

    /** A time of the latest day on which it has passed, or a date with a time. */
    private static Optional<Long> moment(String text, Instant now, ZoneId zone) {
        try {
            if (text.contains("-")) {
                String iso = text.strip().replace(' ', 'T');
                ZonedDateTime at =
                        iso.contains("T")
                                ? LocalDateTime.parse(iso).atZone(zone)
                                : LocalDate.parse(iso).atStartOfDay(zone);
                return Optional.of(at.toInstant().toEpochMilli());
            }
            ZonedDateTime at = now.atZone(zone).with(LocalTime.parse(text.strip()));
            return Optional.of(
                    (at.toInstant().isAfter(now) ? at.minusDays(1) : at)
                            .toInstant()
                            .toEpochMilli());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
