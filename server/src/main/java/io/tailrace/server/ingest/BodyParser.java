package io.tailrace.server.ingest;

import io.tailrace.model.Event;
import io.tailrace.server.deadletter.LetterBox;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.redaction.RedactedLines;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a body into events, hands them over in blocks, and notes what is rejected. Confined to the
 * request's thread.
 */
final class BodyParser implements LineSplitter.Sink {

    /** Takes the events of a part of the body. */
    interface Delivery {
        void deliver(List<Event.Published> block) throws InterruptedException;

        /** From now on lines are read, one block after the other. */
        default void lines() {}

        /** Takes events, on another thread, while the request's waits for bytes. */
        default void late(List<Event.Published> block) throws InterruptedException {
            deliver(block);
        }
    }

    private static final int BUFFER = 64 * 1024;

    private final IngestLimits limits;
    private final EventDecoder decoder;
    private final PublishCheck check;
    private final Outcome outcome;
    private final Delivery delivery;
    private final RedactedLines redacted;
    private final LetterBox refused;
    private LineForm form = LineForm.JSON;
    private final Joining joined;

    BodyParser(
            IngestLimits limits,
            EventDecoder decoder,
            PublishCheck check,
            Outcome outcome,
            Delivery delivery,
            Redactor redactor,
            LetterBox refused) {
        this.limits = limits;
        this.decoder = decoder;
        this.check = check;
        this.outcome = outcome;
        this.delivery = delivery;
        this.joined = new Joining(delivery, decoder.recognises());
        this.redacted = new RedactedLines(redactor);
        this.refused = refused;
    }

    void parse(BodySource body, IngestRequest.Form form) throws InterruptedException {
        switch (form) {
            case NDJSON -> lines(body, LineForm.JSON, new byte[0], 0);
            case TEXT -> lines(body, LineForm.TEXT, new byte[0], 0);
            case EITHER -> lines(body, LineForm.EITHER, new byte[0], 0);
            case JSON -> json(body);
        }
    }

    /** Looks at the first line: when it is an object by itself, the body is read line by line. */
    private void json(BodySource body) throws InterruptedException {
        byte[] head = new byte[BUFFER];
        int size = 0;
        int searched = 0;
        while (true) {
            int first = JsonProbe.skipSpace(head, 0, size);
            int newline = indexOfNewline(head, Math.max(first, searched), size);
            searched = size;
            if (first < size && head[first] == '[') {
                array(body.readAll(head, size, limits.body()));
                return;
            }
            if (newline >= 0) {
                if (head[first] != '{' || JsonProbe.isOneObject(head, first, newline - first)) {
                    lines(body, LineForm.JSON, head, size);
                } else {
                    object(body.readAll(head, size, limits.body()));
                }
                return;
            }
            if (size > limits.body()) {
                object(body.readAll(head, size, limits.body()));
                return;
            }
            if (size == head.length) {
                head = Arrays.copyOf(head, size * 2);
            }
            int count = body.read(head, size, head.length - size);
            if (count < 0) {
                object(Arrays.copyOf(head, size));
                return;
            }
            size += count;
        }
    }

    private static int indexOfNewline(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** One object over several lines; when it is not, the lines are taken one by one after all. */
    private void object(byte[] all) throws InterruptedException {
        decoder.came();
        if (JsonProbe.isOneObject(all, 0, all.length)) {
            event(1, all, 0, all.length);
        } else {
            var splitter = new LineSplitter(limits.line(), this);
            splitter.feed(all, 0, all.length);
            splitter.end();
        }
        joined.end();
    }

    /** All elements are found before the first is handed over: a broken array stores nothing. */
    private void array(byte[] all) throws InterruptedException {
        decoder.came();
        try {
            JsonElements.cut(
                    all,
                    (number, offset, length) -> {
                        if (all[offset] == '{') {
                            event(number, all, offset, length);
                        } else {
                            outcome.reject(
                                    number, Rejection.MALFORMED, "An event must be a JSON object.");
                        }
                    });
        } catch (MalformedEventException e) {
            throw new HttpProblem(400, "Bad request", String.valueOf(e.getMessage()));
        }
        joined.end();
    }

    private void lines(BodySource body, LineForm wanted, byte[] head, int headLength)
            throws InterruptedException {
        delivery.lines();
        form = wanted;
        var splitter = new LineSplitter(limits.line(), this);
        decoder.came();
        splitter.feed(head, 0, headLength);
        joined.flush();
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = body.read(buffer, 0, BUFFER);
                    count >= 0;
                    count = body.read(buffer, 0, BUFFER)) {
                check.alive();
                decoder.came();
                splitter.feed(buffer, 0, count);
                joined.flush();
            }
            if (!body.stopped()) { // else the last line may lack its end
                splitter.end();
            }
        } finally {
            joined.end(); // also what is held back when the body breaks off
        }
    }

    @Override
    public void line(long number, byte[] bytes, int offset, int length) {
        boolean blank = JsonProbe.skipSpace(bytes, offset, offset + length) == offset + length;
        if (!blank || form != LineForm.JSON) {
            event(number, bytes, offset, length);
        }
    }

    @Override
    public void tooLong(long number) {
        outcome.reject(
                number,
                Rejection.TOO_LONG,
                "This line has more than %,d bytes; shorten it or split it."
                        .formatted(limits.line()));
    }

    private void event(long number, byte[] bytes, int offset, int length) {
        if (length > limits.line()) {
            tooLong(number);
            return;
        }
        try {
            List<Event.Published> several = decoder.dbt(form, bytes, offset, length);
            if (several.isEmpty()) {
                Event.Published event = decoder.decode(form, bytes, offset, length);
                event = admitted(number, event, bytes, offset, length);
                if (event != null) {
                    add(event);
                }
            } else {
                admit(number, several, bytes, offset, length);
            }
        } catch (MalformedEventException e) {
            String reason = String.valueOf(e.getMessage());
            outcome.reject(number, Rejection.MALFORMED, reason);
            refused.keep(reason, bytes, offset, length);
        }
    }

    /** Takes all events of a line or none: what is left of it can be sent again as a whole. */
    private void admit(
            long number, List<Event.Published> raw, byte[] bytes, int offset, int length) {
        List<Event.Published> events = new ArrayList<>(raw.size());
        for (Event.Published each : raw) {
            Event.Published event = admitted(number, each, bytes, offset, length);
            if (event == null) {
                forgetDbt(raw);
                return;
            }
            events.add(event);
        }
        events.forEach(this::add);
    }

    /** The event without secrets; null when the caller may not publish it, which is noted. */
    private Event.@Nullable Published admitted(
            long number, Event.Published raw, byte[] bytes, int offset, int length) {
        Event.Published event = redacted.without(raw, bytes, offset, length);
        String objection = check.objection(event);
        if (objection != null) {
            outcome.forbid(number, objection);
            return null;
        }
        String excess = check.excess(event);
        if (excess != null) {
            outcome.reject(number, Rejection.LIMIT, excess);
            refused.keep(excess, bytes, offset, length);
            return null;
        }
        return event;
    }

    /** A line that told more than itself was refused, so that was not told. */
    private void forgetDbt(List<Event.Published> events) {
        if (events.size() > 1) {
            decoder.forgetDbt();
        }
    }

    private void add(Event.Published event) {
        if (event instanceof Event.Log line && decoder.readLine()) {
            joined.add(line, decoder.levelled());
        } else {
            joined.add(check.signed(event));
        }
    }
}
