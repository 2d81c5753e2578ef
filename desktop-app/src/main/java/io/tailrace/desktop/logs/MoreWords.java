package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import java.util.HashMap;
import java.util.Map;

/**
 * How much more an entry has than its row shows. Rows are painted many times a second, so each
 * number is put into words once. FX thread.
 */
final class MoreWords {

    private static final int KEPT = 1_000;

    private final String cut = text("logs.more.cut");
    private final Map<Integer, String> lines = new HashMap<>();
    private final Map<Integer, String> frames = new HashMap<>();

    /** The words behind the row of an entry that has more. */
    String of(LogLine line) {
        if (line.cut()) {
            return cut;
        }
        return line.frames()
                ? known(frames).computeIfAbsent(line.more(), n -> count("logs.more.frames", n))
                : known(lines).computeIfAbsent(line.more(), n -> count("logs.more.lines", n));
    }

    private static Map<Integer, String> known(Map<Integer, String> words) {
        if (words.size() >= KEPT) {
            words.clear();
        }
        return words;
    }
}
