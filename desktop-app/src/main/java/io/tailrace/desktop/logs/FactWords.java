package io.tailrace.desktop.logs;

import io.tailrace.model.Event;
import io.tailrace.model.Level;

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
                        ? "run " + event.subject().run()
                        : attempt == null || attempt == 1 ? task : task + " attempt " + attempt;
        return switch (event) {
            case Event.WorkflowStarted e ->
                    new Fact(
                            e.retryOf() == null
                                    ? who + " started"
                                    : who + " started, repeats " + e.retryOf(),
                            Level.INFO);
            case Event.WorkflowComplete e ->
                    new Fact(
                            who + " " + words(e.state().name()) + because(e.error()),
                            e.error() == null ? Level.INFO : Level.ERROR);
            case Event.Status e -> new Fact(who + says(e), Level.INFO);
            case Event.Alert e -> new Fact("alert: " + firstLine(e.message()), e.level());
            case Event.Complete _ -> new Fact(who + " is done", Level.INFO);
            case Event.Failed e ->
                    new Fact(
                            who
                                    + " failed"
                                    + because(e.error())
                                    + (e.willRetry() ? " (will be tried again)" : ""),
                            e.willRetry() ? Level.WARN : Level.ERROR);
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

    private static String says(Event.Status status) {
        String state = status.state();
        return (state == null ? "" : " " + words(state)) + because(status.message());
    }

    private static String words(String state) {
        return state.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String because(@Nullable String why) {
        return why == null || why.isBlank() ? "" : ": " + firstLine(why);
    }

    private static String firstLine(String text) {
        int feed = text.indexOf('\n');
        return feed < 0 ? text : text.substring(0, feed);
    }
}
