package io.tailrace.desktop.logs;

import java.util.stream.Stream;

/** What the pane says, in words. */
final class LogsWords {

    private LogsWords() {}

    /** The first sentence that says something; empty when none does. */
    static String first(String... sentences) {
        return Stream.of(sentences).filter(said -> !said.isEmpty()).findFirst().orElse("");
    }

    /** So many of something. */
    static String counted(long number, String what) {
        return "%,d %s%s".formatted(number, what, number == 1 ? "" : "s");
    }

    /** What there is before the first line. */
    static String older(HistoryState state, long gone) {
        return switch (state.phase()) {
            case OFFERED ->
                    "The gateway may have older lines: click here, or press O, to fetch them";
            case FETCHING -> "Fetching older lines: %,d so far".formatted(state.fetched());
            case FAILED -> state.sentence() + " Click here, or press O, to try again.";
            case NONE ->
                    gone == 0
                            ? "No older lines"
                            : counted(gone, "older line")
                                    + (gone == 1 ? " is" : " are")
                                    + " no longer held";
        };
    }
}
