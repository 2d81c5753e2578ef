package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.alerts.AlertRow;
import io.tailrace.desktop.alerts.Severity;
import io.tailrace.model.Cursor;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class AlertNewsTest {

    private Instant now = Instant.parse("2026-11-21T02:00:00Z");
    private long position;
    private final List<String> shown = new ArrayList<>();
    private final AlertNews news =
            new AlertNews(
                    (_, text, _, _) -> shown.add(text),
                    (_, _) -> {},
                    () -> true,
                    _ -> {},
                    () -> now);

    @Test
    void aFailureBehindAWarningIsSaidAtOnce() {
        after(0, row(Severity.WARNING, "slow"));
        after(2, row(Severity.FAILURE, "disk full"));
        assertThat(shown).containsExactly("slow", "disk full");
    }

    @Test
    void whatComesInTheQuietTimeIsSaidWhenItIsOverAlsoWhenNothingElseComes() {
        after(0, row(Severity.FAILURE, "first"));
        after(1, row(Severity.WARNING, "slow"));
        after(1, row(Severity.FAILURE, "second"), row(Severity.FAILURE, "third"));
        after(2);
        assertThat(shown).containsExactly("first");
        after(1);
        assertThat(shown).containsExactly("first", "second  (and 2 more)");
        after(60);
        assertThat(shown).hasSize(2);
    }

    private void after(int seconds, AlertRow... rows) {
        now = now.plusSeconds(seconds);
        news.tell(List.of(rows));
    }

    private AlertRow row(Severity severity, String sentence) {
        Cursor cursor = new Cursor("e", ++position);
        return new AlertRow(cursor, cursor, now, null, null, severity, sentence, false);
    }
}
