package io.tailrace.server.chat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells what a question asks for: each cue that its words match adds to its intent, the highest sum
 * wins. Names are masked as {@code @task} and {@code @run} before, and words stand in the form of
 * {@link Vocabulary#canon}.
 */
final class Intents {

    private static final int ENOUGH = 3;

    private static final List<Cue> CUES =
            List.of(
                    cue(Intent.HELP, 4, "help"),
                    cue(Intent.HELP, 6, "what (can|could) (you|i|one)"),
                    cue(Intent.HELP, 6, "(what|which) (question|questions|do you)"),
                    cue(Intent.HELP, 5, "how do (i|you) (use|ask)"),
                    cue(Intent.HELP, 5, "who are you"),
                    cue(Intent.HELP, 3, "^(hi|hello|hey)$"),
                    cue(Intent.LONG, 5, "how long"),
                    cue(Intent.LONG, 5, "how many (time|minutes|hours|seconds)"),
                    cue(Intent.LONG, 5, "duration"),
                    cue(Intent.LONG, 4, "slow"),
                    cue(Intent.LONG, 3, "fast"),
                    cue(Intent.LONG, 4, "take (so |too |very )?long"),
                    cue(Intent.LONG, 4, "time.* take|take.* time"),
                    cue(Intent.LONG, 1, "take"),
                    cue(Intent.LONG, 5, "when .*(start|done|stop)"),
                    cue(Intent.LONG, 5, "since when"),
                    cue(Intent.ROWS, 4, "rows"),
                    cue(Intent.ROWS, 3, "many rows"),
                    cue(Intent.FIND, 5, "show .*(error|warning|line)"),
                    cue(Intent.FIND, 4, "(error|warning|line|fail) .*about"),
                    cue(Intent.FIND, 4, "(error|warning|line) (for|with|in|from|of)"),
                    cue(Intent.FIND, 6, "many (error|warning)"),
                    cue(Intent.FIND, 5, "(any|are there|were there) .*(error|warning|line)"),
                    cue(Intent.FIND, 3, "^(the |all )?(error|warning)"),
                    cue(Intent.FIND, 3, "warning"),
                    cue(Intent.FIND, 1, "error"),
                    cue(Intent.FIND, 3, "^(please )?show"),
                    cue(Intent.FIND, 3, "line"),
                    cue(Intent.WHY_FAILED, 7, "why .*fail"),
                    cue(Intent.WHY_FAILED, 5, "(what|which) .*(fail|wrong)"),
                    cue(Intent.WHY_FAILED, 4, "(any|did|has|have|is) .*fail"),
                    cue(Intent.WHY_FAILED, 3, "fail"),
                    cue(Intent.WHY_FAILED, 3, "cause"),
                    cue(Intent.WHY_FAILED, 6, "first error"),
                    cue(Intent.WHY_FAILED, 3, "wrong"),
                    cue(Intent.WHY_FAILED, 4, "what happen"),
                    cue(Intent.WHY_FAILED, 4, "why .*(error|stop|not|didn|red|stuck)"),
                    cue(Intent.WHY_FAILED, 4, "what (is|was|were|s) the error"),
                    cue(Intent.STATUS, 4, "status"),
                    cue(Intent.STATUS, 4, "running"),
                    cue(Intent.STATUS, 2, "(what|which|anything|something|is) .*running"),
                    cue(Intent.STATUS, 3, "(is|are) .*doing"),
                    cue(Intent.STATUS, 5, "how far"),
                    cue(Intent.STATUS, 4, "progress"),
                    cue(Intent.STATUS, 4, "what .*doing"),
                    cue(Intent.STATUS, 4, "how .*(go|doing)"),
                    cue(Intent.STATUS, 3, "what .*now"),
                    cue(Intent.STATUS, 5, "how many .*(done|left)"),
                    cue(Intent.STATUS, 5, "many task"),
                    cue(Intent.STATUS, 4, "(is|are|was|has|have|did|does) .*(done|succeed|start)"),
                    cue(Intent.STATUS, 3, "(which|what) .*(done|skipped|waiting|cancelled)"),
                    cue(Intent.STATUS, 3, "how (is|are|was|s|did) .*(@task|@run|run|it|that)"),
                    cue(Intent.STATUS, 3, "(what|how) about (@task|@run)"),
                    cue(Intent.STATUS, 3, "(show|tell) .*(@task|@run|task|run)"),
                    cue(Intent.STATUS, 2, "(left|succeed)"),
                    cue(Intent.STATUS, 2, "(still|done) yet"),
                    cue(Intent.STATUS, 3, "^(the )?(@task|@run)( task| run)?$"));

    private Intents() {}

    /** The intent of a masked question, when its words are clear enough. */
    static Optional<Intent> of(String masked) {
        Map<Intent, Integer> scores = new EnumMap<>(Intent.class);
        for (Cue cue : CUES) {
            if (cue.pattern().matcher(masked).find()) {
                scores.merge(cue.intent(), cue.weight(), Integer::sum);
            }
        }
        return scores.entrySet().stream()
                .filter(score -> score.getValue() >= ENOUGH)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private static Cue cue(Intent intent, int weight, String words) {
        return new Cue(intent, weight, Pattern.compile("(?<![^ ])(?:" + words + ")(?![^ ])"));
    }

    private record Cue(Intent intent, int weight, Pattern pattern) {}
}
