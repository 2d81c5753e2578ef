package io.tailrace.desktop.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tailrace.model.RunKey;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes lines of the store: their text byte for byte, or one JSON object a line. The lines are
 * those of a moment on the FX thread; writing may take its time on another one.
 */
final class LineExport implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final RetainedRow row;
    private final LineKey keys;
    private final long[] lines;

    private LineExport(RetainedRow row, LineKey keys, long[] lines) {
        this.row = row;
        this.keys = keys;
        this.lines = lines;
    }

    /** What a model shows now. FX thread; to be closed. */
    static LineExport of(LogsModel model) {
        LineList shown = model.view().lines();
        long[] lines = new long[Math.toIntExact(shown.count())];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = shown.get(shown.first() + i);
        }
        RetainedRow row = RetainedRow.of(model.store(), new KeyRange(0, Long.MAX_VALUE));
        return new LineExport(row, model.store().keys().copy(), lines);
    }

    /** Takes one line. */
    private interface Taker {

        void take(SearchPart part, int index) throws IOException;
    }

    /** Each line's text as it was published, and a line feed. */
    void text(OutputStream to) throws IOException {
        try (OutputStream out = new BufferedOutputStream(to, 1 << 16)) {
            each((part, index) -> {
                out.write(bytes(part, index));
                out.write('\n');
            });
        }
    }

    /** Each line with all that is known of it as a JSON object. */
    void ndjson(OutputStream to) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(new BufferedOutputStream(to, 1 << 16))) {
            json.setPrettyPrinter(new MinimalPrettyPrinter(""));
            json.setRootValueSeparator(new SerializedString(""));
            each((part, index) -> object(json, part, index));
        }
    }

    private void each(Taker taker) throws IOException {
        int next = 0;
        for (SearchPart part : row.parts()) {
            int index = part.from();
            while (next < lines.length && lines[next] <= part.last()) {
                index = part.body().lowerBound(lines[next], index, part.to());
                if (index < part.to() && part.body().keys().value(index) == lines[next]) {
                    taker.take(part, index);
                }
                next++;
            }
        }
    }

    private static LineContext context(SearchPart part, int index) {
        return part.segment().contextOf((int) part.body().ids().value(index));
    }

    private static byte[] bytes(SearchPart part, int index) {
        int start = part.body().start(index);
        int end = part.body().textEnd(index, context(part, index).fields());
        byte[] text = new byte[end - start];
        part.body().copy(start, text, 0, text.length);
        return text;
    }

    private void object(JsonGenerator json, SearchPart part, int index) throws IOException {
        LineContext context = context(part, index);
        json.writeStartObject();
        json.writeStringField("cursor", keys.cursor(part.body().keys().value(index)).toString());
        json.writeStringField("channel", context.channel().name());
        Instant time = Instant.ofEpochMilli(part.body().times().value(index));
        json.writeStringField("timestamp", time.toString());
        json.writeStringField("level", context.level().name());
        RunKey run = context.run();
        if (run != null) {
            json.writeStringField("run", run.run());
        }
        if (context.task() != null) {
            json.writeStringField("task", context.task());
        }
        if (context.attempt() != null) {
            json.writeNumberField("attempt", context.attempt());
        }
        if (!context.source().isEmpty()) {
            json.writeStringField("source", context.source());
        }
        json.writeStringField("message", new String(bytes(part, index), StandardCharsets.UTF_8));
        if (context.fields()) {
            int from = part.body().textEnd(index, true) + 1;
            byte[] fields = new byte[part.body().end(index) - from];
            part.body().copy(from, fields, 0, fields.length);
            json.writeFieldName("fields");
            json.writeRawValue(new String(fields, StandardCharsets.UTF_8));
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** How many lines. */
    int count() {
        return lines.length;
    }

    @Override
    public void close() {
        row.close();
    }
}
