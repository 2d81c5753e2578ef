package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.model.RunKey;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class FactWordsTest {

    private final Tale tale =
            new Tale(new RunKey("acme", "nightly", "42"), Instant.parse("2026-11-21T02:00:00Z"));

    @Test
    void anAnsweredCommandIsNoStateOfTheRun() {
        assertThat(words(tale.says("paused"))).isEqualTo("run 42 paused");
        assertThat(words(tale.answers("c1", "done", "The run waits.")))
                .isEqualTo("command for run 42 done: The run waits.");
    }

    private static String words(Tale told) {
        return FactWords.of(told.last().event()).text();
    }
}
