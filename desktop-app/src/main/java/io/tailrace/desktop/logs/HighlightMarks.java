package io.tailrace.desktop.logs;

import javafx.scene.paint.Color;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where highlights stand in a row, and in which colour. FX thread. */
final class HighlightMarks {

    private static final int READS = 1 << 16;
    private static final List<Color> COLOURS =
            List.of(
                    Color.web("#58a6ff", 0.35),
                    Color.web("#3fb950", 0.35),
                    Color.web("#bc8cff", 0.38),
                    Color.web("#f778ba", 0.38),
                    Color.web("#39c5cf", 0.35),
                    Color.web("#ffa657", 0.35));

    private final Highlights highlights;
    private List<FindQuery> known = List.of();
    private List<Pattern> patterns = List.of();

    HighlightMarks(Highlights highlights) {
        this.highlights = highlights;
    }

    /** Paints a part of a row. */
    interface Band {

        void paint(int from, int to, Color colour);
    }

    void paint(String row, Band band) {
        List<FindQuery> all = highlights.all();
        if (!all.equals(known)) {
            known = all;
            patterns = all.stream().map(FindQuery::pattern).toList();
        }
        for (int i = 0; i < patterns.size(); i++) {
            try {
                Matcher matcher = patterns.get(i).matcher(CancellableText.limited(row, READS));
                while (matcher.find()) {
                    if (matcher.end() > matcher.start()) {
                        band.paint(matcher.start(), matcher.end(), COLOURS.get(i));
                    }
                }
            } catch (CancellationException | StackOverflowError e) {
                // too slow for a row: it is not marked
            }
        }
    }
}
