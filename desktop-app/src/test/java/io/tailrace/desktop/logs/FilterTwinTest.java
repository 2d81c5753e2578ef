package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.time.TimeRange;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Filters against a loop over all entries. */
@Timeout(180)
class FilterTwinTest {

    private static final int LINES = 30_000;
    private static final List<Level> LEVELS = List.of(Level.values());
    private static final String[] WORDS = {"payment", "Timeout", "ärger", "日本", "ok", "sink"};

    private final LogsModel model = new LogsModel(new LogStore(64 << 20, 1 << 17));
    private final List<Event.Log> all = new ArrayList<>();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    @AfterEach
    void close() {
        model.close();
    }

    private Event.Log log(int i) {
        String workflow = random.nextBoolean() ? "orders" : "users";
        String run = random.nextInt(4) == 0 ? null : "r" + random.nextInt(3);
        String task = run == null || random.nextBoolean() ? null : "t" + random.nextInt(3);
        Integer attempt = task == null ? null : (Integer) random.nextInt(1, 4);
        Map<String, Object> fields =
                random.nextInt(3) == 0
                        ? Map.of("id", random.nextInt(5), "who", WORDS[random.nextInt(6)])
                        : Map.of();
        return new Event.Log(
                new Header(
                        Channel.logs("acme", workflow),
                        Lines.START.plusMillis(i * 10L + random.nextInt(2000)),
                        new Subject("acme", workflow, run, task, attempt, null),
                        fields),
                LEVELS.get(random.nextInt(5)),
                WORDS[random.nextInt(6)] + " " + WORDS[random.nextInt(6)] + " " + i,
                "src" + random.nextInt(3),
                null);
    }

    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            all.add(log(i));
            model.append(new Entry(new Cursor("e1", i + 1L), all.get(i)));
        }
    }

    private static boolean accepts(LineFilter filter, Event.Log log) {
        Subject subject = log.subject();
        RunKey run = filter.run();
        boolean ofRun =
                run == null
                        || run.equals(subject.runKey())
                        || (filter.loose()
                                && subject.run() == null
                                && run.workflow().equals(log.channel().workflow()));
        LineScope scope = filter.scope();
        return log.level().compareTo(filter.level()) >= 0
                && ofRun
                && (filter.task() == null || filter.task().equals(subject.task()))
                && (scope.workflow() == null || scope.workflow().equals(log.channel().workflow()))
                && (scope.attempt() == null || scope.attempt().equals(subject.attempt()))
                && (scope.source() == null || scope.source().equals(log.logger()))
                && filter.time().contains(log.timestamp().toEpochMilli());
    }

    private static boolean passes(TextCondition condition, Event.Log log) {
        Object field =
                condition.field() == null ? null : log.header().fields().get(condition.field());
        String text = condition.field() == null ? log.message() : String.valueOf(field);
        String sought = condition.query().text();
        boolean has;
        if (condition.field() != null && field == null) {
            has = false;
        } else if (condition.query().regex()) {
            has = Pattern.compile(sought, Pattern.CASE_INSENSITIVE).matcher(text).find();
        } else if (condition.field() != null) {
            has = text.equals(sought);
        } else {
            has = text.toLowerCase(Locale.ROOT).contains(sought.toLowerCase(Locale.ROOT));
        }
        return has != condition.without();
    }

    private List<Long> expected(LineFilter filter) {
        List<Integer> base =
                IntStream.range(0, all.size())
                        .filter(i -> accepts(filter, all.get(i)))
                        .boxed()
                        .toList();
        Predicate<Event.Log> texts =
                log -> filter.texts().stream().allMatch(text -> passes(text, log));
        TreeSet<Long> shown = new TreeSet<>();
        for (int at = 0; at < base.size(); at++) {
            if (texts.test(all.get(base.get(at)))) {
                int around = filter.texts().isEmpty() ? 0 : filter.around();
                int to = Math.min(base.size() - 1, at + around);
                for (int i = Math.max(0, at - around); i <= to; i++) {
                    shown.add((long) base.get(i));
                }
            }
        }
        return List.copyOf(shown);
    }

    private LineFilter anyFilter() {
        LineFilter filter = LineFilter.all().withLevel(LEVELS.get(random.nextInt(5)));
        if (random.nextBoolean()) {
            filter = filter.withRun(new RunKey("acme", "orders", "r1"));
            filter = filter.withLoose(random.nextBoolean());
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withTask("t1").withScope(LineScope.ALL.withAttempt(2));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withScope(LineScope.ALL.withSource("src1").withWorkflow("orders"));
        }
        if (random.nextInt(3) == 0) {
            long from = Lines.START.toEpochMilli() + random.nextInt(300_000);
            filter = filter.withTime(new TimeRange(from, from + random.nextInt(200_000)));
        }
        TextCondition[] texts = {
            TextCondition.text(new FindQuery("TIMEOUT", false, false)),
            TextCondition.text(new FindQuery("日本", false, false)).negated(),
            TextCondition.text(new FindQuery("ment.*7", true, false)),
            TextCondition.field("id", "3"),
            TextCondition.field("who", "ärger"),
            TextCondition.field("who", "ok").negated()
        };
        for (int i = random.nextInt(3); i > 0; i--) {
            filter = filter.with(texts[random.nextInt(texts.length)]);
        }
        return filter.withAround(random.nextInt(3) == 0 ? random.nextInt(1, 5) : 0);
    }

    @Test
    void anyFilterShowsWhatALoopWouldAlsoWhileLinesArrive() {
        publish(0, 1000);
        for (int round = 0; round < 58; round++) {
            LineFilter filter = anyFilter();
            model.show(filter);
            if (round % 2 == 0) {
                model.pulse();
            }
            publish(all.size(), all.size() + 500);
            Lines.settle(model);
            assertThat(Lines.shown(model)).as("%s", filter).isEqualTo(expected(filter));
            assertThat(FilterJson.read(FilterJson.write(filter))).isEqualTo(filter);
        }
        assertThat(all).hasSize(LINES);
    }

    @Test
    void countsOverTimeAreThoseOfALoop() {
        publish(0, LINES);
        LineFilter filter = LineFilter.all().withLevel(Level.WARN);
        model.show(filter);
        Lines.settle(model);
        LineTimes times = model.view().times();
        Map<Long, Long> buckets =
                all.stream()
                        .filter(log -> log.level() == Level.ERROR)
                        .collect(
                                Collectors.groupingBy(
                                        log ->
                                                log.timestamp().toEpochMilli()
                                                        / times.width()
                                                        * times.width(),
                                        Collectors.counting()));
        long from = times.earliest() / times.width() * times.width();
        for (long at = from; at <= times.latest(); at += times.width()) {
            assertThat(times.count(Level.ERROR, at, at + times.width()))
                    .isEqualTo(buckets.getOrDefault(at, 0L));
        }
        assertThat(times.count(Level.INFO, from, times.latest() + 1)).isZero();
    }

    @Test
    void conditionsAreTypedAsPeopleSayThem() {
        Instant now = Instant.parse("2026-11-21T02:17:00Z");
        LineFilter none = LineFilter.all();
        assertThat(with("last 10m", now).time())
                .isEqualTo(new TimeRange(now.toEpochMilli() - 600_000, Long.MAX_VALUE));
        assertThat(with("02:10 to 02:15", now).time().from())
                .isEqualTo(Instant.parse("2026-11-21T02:10:00Z").toEpochMilli());
        assertThat(with("23:00 to now", now).time().from())
                .isEqualTo(Instant.parse("2026-11-20T23:00:00Z").toEpochMilli());
        assertThat(with("order_id = 17", now).texts())
                .containsExactly(TextCondition.field("order_id", "17"));
        assertThat(with("not heartbeat", now).texts())
                .containsExactly(
                        TextCondition.text(new FindQuery("heartbeat", false, false)).negated());
        assertThat(with("/pay.*ms/", now).texts())
                .containsExactly(TextCondition.text(new FindQuery("pay.*ms", true, false)));
        assertThat(with("level warn", now).level()).isEqualTo(Level.WARN);
        assertThat(with("attempt 2", now).scope().attempt()).isEqualTo(2);
        assertThat(with("run acme/orders/r1", now).run())
                .isEqualTo(new RunKey("acme", "orders", "r1"));
        assertThat(FilterWords.with(none, "/a(/", now, ZoneOffset.UTC)).isEmpty();
        assertThat(FilterWords.with(none, "level loud", now, ZoneOffset.UTC)).isEmpty();
        assertThat(FilterWords.with(none, "  ", now, ZoneOffset.UTC)).isEmpty();
    }

    private static LineFilter with(String words, Instant now) {
        return FilterWords.with(LineFilter.all(), words, now, ZoneOffset.UTC).orElseThrow();
    }
}
