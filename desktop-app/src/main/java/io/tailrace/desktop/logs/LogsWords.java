package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Numbers;

import java.util.stream.Stream;

/** What the pane says, in words. */
final class LogsWords {

    private LogsWords() {}

    /** The first sentence that says something; empty when none does. */
    static String first(String... sentences) {
        return Stream.of(sentences).filter(said -> !said.isEmpty()).findFirst().orElse("");
    }

    /** Why something did not work, as far as the failure says. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** What there is before the first line. */
    static String older(HistoryState state, long gone) {
        return switch (state.phase()) {
            case OFFERED -> text("logs.older.offered");
            case FETCHING -> text("logs.older.fetching", Numbers.grouped(state.fetched()));
            case FAILED -> text("logs.older.failed", state.sentence());
            case NONE -> gone == 0 ? text("logs.older.none") : count("logs.older.gone", gone);
        };
    }
}
