package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.RunStatus;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What happened to a run or a task, in a line between its log lines. */
final class FactWords {

    private FactWords() {}

    /**
     * A fact.
     *
     * @param text in words
     * @param level its colour: ERROR, WARN, or INFO for what is as it should be
     */
    record Fact(String text, Level level) {}

    /** The event in words; empty text for what is no news between lines. */
    static Fact of(Event event) {
        String task = event.subject().task();
        Integer attempt = event.subject().attempt();
        String who =
                task == null
                        ? text("logs.fact.run", String.valueOf(event.subject().run()))
                        : attempt == null || attempt == 1
                                ? task
                                : text("logs.fact.attempt", task, attempt);
        return switch (event) {
            case Event.WorkflowStarted e ->
                    new Fact(
                            e.retryOf() == null
                                    ? text("logs.fact.started", who)
                                    : text("logs.fact.repeats", who, e.retryOf()),
                            Level.INFO);
            case Event.WorkflowComplete e ->
                    new Fact(
                            because(text("logs.fact.state", who, word(e.state())), e.error()),
                            e.error() == null ? Level.INFO : Level.ERROR);
            case Event.Status e -> new Fact(says(who, e), Level.INFO);
            case Event.Alert e ->
                    new Fact(text("logs.fact.alert", firstLine(e.message())), e.level());
            case Event.Complete _ -> new Fact(text("logs.fact.done", who), Level.INFO);
            case Event.Failed e ->
                    new Fact(failed(who, e), e.willRetry() ? Level.WARN : Level.ERROR);
            case Event.Log _,
                    Event.WorkflowProgress _,
                    Event.PartialResults _,
                    Event.Progress _,
                    Event.Educational _,
                    Event.Metric _,
                    Event.Other _,
                    Event.ChatQuestion _,
                    Event.ChatResponse _,
                    Event.Command _,
                    Event.Control _ ->
                    new Fact("", Level.INFO);
        };
    }

    private static String failed(String who, Event.Failed event) {
        String failed = because(text("logs.fact.failed", who), event.error());
        return event.willRetry() ? text("logs.fact.again", failed) : failed;
    }

    private static String says(String who, Event.Status status) {
        String state = status.state();
        String words = state == null ? "" : state.toLowerCase(Locale.ROOT).replace('_', ' ');
        String how = status.command() == null ? "logs.fact.state" : "logs.fact.command";
        String what = words.isEmpty() ? who : text(how, who, words);
        return because(what, status.message());
    }

    private static String word(RunStatus state) {
        return switch (state) {
            case RUNNING -> text("logs.fact.running");
            case PAUSED -> text("logs.fact.paused");
            case SUCCEEDED -> text("logs.fact.succeeded");
            case FAILED -> text("logs.fact.runFailed");
            case CANCELLED -> text("logs.fact.cancelled");
        };
    }

    private static String because(String what, @Nullable String why) {
        return why == null || why.isBlank()
                ? what
                : text("logs.fact.because", what, firstLine(why));
    }

    private static String firstLine(String text) {
        int feed = text.indexOf('\n');
        return feed < 0 ? text : text.substring(0, feed);
    }
}
