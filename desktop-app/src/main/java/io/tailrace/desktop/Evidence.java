package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tailrace.client.GatewayClient;
import io.tailrace.client.Reply;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.EventPage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Opens the entry that a statement rests on: a line in the log, or else the line nearest to the
 * entry, and for citations the entry as it was received. What the console does not hold is asked of
 * the gateway. FX thread only.
 */
final class Evidence {

    private static final JsonMapper JSON = new JsonMapper();

    /** Where evidence is shown. */
    interface Screen {

        /** The log has it: bring the log into view. */
        void log();

        /** Show an entry that is no log line. */
        void card(String title, String text);

        /** Say why there is nothing to show. */
        void notice(String sentence);
    }

    private final LogsModel logs;
    private final Facts facts;
    private final GatewayClient client;
    private final Executor fx;
    private final Screen screen;

    Evidence(LogsModel logs, Facts facts, GatewayClient client, Executor fx, Screen screen) {
        this.logs = logs;
        this.facts = facts;
        this.client = client;
        this.fx = fx;
        this.screen = screen;
    }

    /** Opens an entry that the console may hold. */
    void open(Cursor cursor) {
        if (!held(cursor, this::showLine)) {
            screen.notice(text("console.entry.gone", cursor));
        }
    }

    /** Opens an entry, asking the gateway for it when need be. */
    void open(Citation citation) {
        if (!held(citation.cursor(), this::show)) {
            Thread.ofVirtual()
                    .name("evidence")
                    .start(() -> ask(citation.channel(), citation.cursor()));
        }
    }

    private boolean held(Cursor cursor, Consumer<Entry> then) {
        if (logs.open(cursor)) {
            screen.log();
            return true;
        }
        Optional<Entry> fact = facts.find(cursor);
        fact.ifPresent(then);
        return fact.isPresent();
    }

    private void ask(Channel channel, Cursor cursor) {
        Reply<EventPage> reply = client.pageFrom(channel, cursor, 1);
        fx.execute(() -> {
            switch (reply) {
                case Reply.Ok<EventPage>(EventPage page) -> found(page, cursor);
                case Reply.Refused<EventPage>(String reason) -> screen.notice(reason);
                case Reply.Unreachable<EventPage>(String reason) -> screen.notice(reason);
            }
        });
    }

    private void found(EventPage page, Cursor cursor) {
        page.entries().stream()
                .filter(entry -> entry.cursor().equals(cursor))
                .findFirst()
                .ifPresentOrElse(
                        this::show, () -> screen.notice(text("console.entry.notKept", cursor)));
    }

    /** The log line nearest to an entry, or else the entry. */
    private void showLine(Entry entry) {
        if (!near(entry)) {
            show(entry);
        }
    }

    /** The entry, over the log line nearest to it. */
    private void show(Entry entry) {
        boolean _ = near(entry);
        screen.card(text("console.entry", entry.cursor()), pretty(entry));
    }

    private boolean near(Entry entry) {
        Subject subject = entry.event().subject();
        RunKey run = subject.runKey();
        if (run == null) {
            return false;
        }
        Level least = entry.event() instanceof Event.Failed ? Level.ERROR : Level.INFO;
        boolean found = logs.openNear(entry.cursor(), run, subject.task(), least);
        if (found) {
            screen.log();
        }
        return found;
    }

    /** The entry as the gateway sent it, one member a line. */
    private static String pretty(Entry entry) {
        String json = new String(EventCodec.encode(entry.event()), StandardCharsets.UTF_8);
        try {
            return JSON.readTree(json).toPrettyString();
        } catch (JsonProcessingException e) {
            return json; // our own codec wrote it: still readable on one line
        }
    }
}
