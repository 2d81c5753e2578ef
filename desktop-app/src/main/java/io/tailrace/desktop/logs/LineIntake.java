package io.tailrace.desktop.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tailrace.desktop.text.Texts;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what arrives into lines of the store. */
final class LineIntake {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LineIntake() {}

    /** Adds a log event; its text is the message and, on further lines, the error. */
    static void add(LogStore store, Entry entry, Event.Log log) {
        store.add(line(store.keys().of(entry.cursor()), log));
    }

    /** A log event as the line with a number; any thread. */
    static NewLine line(long key, Event.Log log) {
        String logger = log.logger();
        String task = log.subject().task();
        boolean fields = !log.header().fields().isEmpty() || log.subject().step() != null;
        LineContext context =
                new LineContext(
                        LineContext.Kind.LOG,
                        log.level(),
                        logger != null ? logger : task != null ? task : "",
                        log.channel(),
                        log.subject().runKey(),
                        task,
                        log.subject().attempt(),
                        fields);
        byte[] text = utf8(text(log));
        return new NewLine(
                key,
                fields ? withFields(text, log) : text,
                context,
                log.timestamp().toEpochMilli());
    }

    /**
     * Adds what happened to a run between its lines.
     *
     * @return whether that is news
     */
    static boolean addFact(LogStore store, Entry entry) {
        Event event = entry.event();
        FactWords.Fact fact = FactWords.of(event);
        if (fact.text().isEmpty()) {
            return false;
        }
        LineContext context =
                new LineContext(
                        LineContext.Kind.FACT,
                        fact.level(),
                        "",
                        event.header().channel(),
                        event.subject().runKey(),
                        event.subject().task(),
                        event.subject().attempt(),
                        false);
        long key = store.keys().of(entry.cursor());
        store.add(new NewLine(key, utf8(fact.text()), context, event.timestamp().toEpochMilli()));
        return true;
    }

    /** Adds a notice in the place of the entries that are missing. */
    static void add(LogStore store, Event.Gap gap) {
        String message = gap.message();
        String from = gap.from().isEmpty() ? Texts.text("logs.gap.start") : gap.from();
        String text =
                message == null || message.isBlank()
                        ? Texts.text("logs.gap", gap.channel(), from, gap.to(), gap.reason())
                        : Texts.text(
                                "logs.gap.because",
                                gap.channel(),
                                from,
                                gap.to(),
                                gap.reason(),
                                message);
        LineContext context =
                new LineContext(
                        LineContext.Kind.NOTICE,
                        Level.WARN,
                        "",
                        gap.channel(),
                        null,
                        null,
                        null,
                        false);
        long behind =
                gap.goesBack()
                        ? store.keys().fork(gap.to(), store.newest())
                        : store.keys().of(gap.to());
        store.addNotice(behind, utf8(text), context, gap.timestamp().toEpochMilli());
    }

    /** A full segment of lines in any order; of the same number only one is in it. Any thread. */
    static LogSegment segment(List<NewLine> lines) {
        List<NewLine> sorted = new ArrayList<>(lines);
        Collections.sort(sorted);
        long bytes = 0;
        for (NewLine line : sorted) {
            bytes += line.content().length + 1L;
        }
        LogSegment segment = new LogSegment(Math.toIntExact(Math.max(bytes, 1)));
        for (NewLine line : sorted) {
            if (line.key() > segment.lastKey()) {
                segment.add(line.content(), line.context(), line.time(), line.key());
            }
        }
        segment.fill();
        return segment;
    }

    /** One segment with the lines of neighbouring stretches, whose bodies the caller retains. */
    static LogSegment joined(List<Stretch> stretches, List<SegmentBody> bodies) {
        long bytes = 0;
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            bytes +=
                    bodies.get(i).end(stretch.limit() - 1)
                            + 1L
                            - bodies.get(i).start(stretch.from());
        }
        LogSegment whole = new LogSegment(Math.toIntExact(bytes));
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            SegmentBody body = bodies.get(i);
            for (int line = stretch.from(); line < stretch.limit(); line++) {
                int start = body.start(line);
                byte[] content = new byte[body.end(line) - start];
                body.copy(start, content, 0, content.length);
                LineContext context = stretch.segment().contextOf((int) body.ids().value(line));
                whole.add(content, context, body.times().value(line), body.keys().value(line));
            }
        }
        whole.fill();
        return whole;
    }

    private static String text(Event.Log log) {
        String error = log.error();
        return error == null || error.isEmpty() ? log.message() : log.message() + "\n" + error;
    }

    private static byte[] withFields(byte[] text, Event.Log log) {
        byte[] fields = fields(log);
        byte[] all = new byte[text.length + 1 + fields.length];
        System.arraycopy(text, 0, all, 0, text.length);
        all[text.length] = LogSegment.FIELDS;
        System.arraycopy(fields, 0, all, text.length + 1, fields.length);
        return all;
    }

    private static byte[] fields(Event.Log log) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (log.subject().step() != null) {
            all.put("step", log.subject().step());
        }
        all.putAll(log.header().fields());
        try {
            return JSON.writeValueAsBytes(all);
        } catch (JsonProcessingException e) {
            return utf8(all.toString()); // never from our codec, whose values are all JSON
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
