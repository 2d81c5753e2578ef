package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Level;

import org.junit.jupiter.api.Test;

class MoreWordsTest {

    private final MoreWords words = new MoreWords();

    @Test
    void countsLinesAndFrames() {
        assertThat(words.of(line(1, false, false))).isEqualTo("+ 1 line");
        assertThat(words.of(line(1, true, false))).isEqualTo("+ 1 frame");
        assertThat(words.of(line(1204, false, false))).isEqualTo("+ 1,204 lines");
        assertThat(words.of(line(12, true, false))).isEqualTo("+ 12 frames");
        assertThat(words.of(line(12, true, true))).isEqualTo("… Enter shows all");
    }

    @Test
    void keepsNoMoreThanItMustAndStaysRight() {
        for (int more = 2; more < 5_000; more++) {
            assertThat(words.of(line(more, false, false))).endsWith("lines");
        }
        assertThat(words.of(line(2, false, false))).isEqualTo("+ 2 lines");
    }

    private static LogLine line(int more, boolean frames, boolean cut) {
        LineContext context =
                new LineContext(
                        LineContext.Kind.LOG,
                        Level.INFO,
                        "",
                        Lines.CHANNEL,
                        null,
                        null,
                        null,
                        false);
        return new LogLine(1, context, 0, "first", cut, more, frames);
    }
}
