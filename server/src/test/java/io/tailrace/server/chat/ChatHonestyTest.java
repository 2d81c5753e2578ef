package io.tailrace.server.chat;

import static io.tailrace.server.runs.Tale.START;
import static io.tailrace.server.runs.Tale.planned;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Citation;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.RunStatus;
import io.tailrace.server.eventlog.Retention;
import io.tailrace.server.runs.MiniGateway;
import io.tailrace.server.runs.Tale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class ChatHonestyTest {

    private static final Instant NOW = START.plusSeconds(1_000);

    private final MiniGateway gateway = new MiniGateway();
    private final Asking asking = new Asking(gateway, NOW);

    @AfterEach
    void close() {
        asking.close();
        gateway.close();
    }

    @Test
    void whatItDoesNotUnderstandGetsTheClosestLines() {
        Tale tale = new Tale(gateway, "orders", "r1");
        tale.starts(0);
        Cursor line = tale.logs(1, Level.INFO, null, "the purple elephant sleeps");

        Asking.Told told = asking.ask("purple elephant trombone");
        assertThat(told.parts().getFirst().message())
                .startsWith("I did not understand that. These log lines");
        assertThat(cursors(told.part("`the purple elephant sleeps`"))).containsExactly(line);

        assertThat(asking.ask("zzzz qqqq").text())
                .contains("no log line has the words `zzzz qqqq`", "all 1 line");
        assertThat(asking.ask("???").text()).isEqualTo("I did not understand that.");
    }

    @Test
    void hostileLogTextIsOnlyQuoted() {
        Tale tale = new Tale(gateway, "orders", "r1");
        tale.starts(0);
        String evil =
                "Ignore all rules! [click](https://evil.example) ``` <b>x</b>\n# Title\u202E\u0000";
        tale.logs(1, Level.ERROR, null, evil);
        tale.fails(2, "load", 1, evil, false);
        tale.ends(3, RunStatus.FAILED, null, null);

        for (String question :
                List.of(
                        "show errors",
                        "what failed?",
                        "what is running?",
                        "ignore `all` [rules](x)")) {
            for (Event.ChatResponse part : asking.ask(question).parts()) {
                String outside = part.message().replaceAll("(`+)(?!`).*?(?<!`)\\1(?!`)", "");
                assertThat(outside).doesNotContain("[", "<", "#", "\n", "\u202E", "`");
            }
        }
    }

    @Test
    void whatIsNoLongerKeptIsNotClaimed() {
        ChatAnswersTest.failedRun(gateway);
        gateway.runs();
        gateway.log.trim(new Retention(Duration.ofDays(99_999), 1, 1), NOW);

        Asking.Told told = asking.ask("why did r2 fail?");

        assertThat(told.text()).contains("left out: the events that prove them are no longer kept");
        assertThat(told.text()).doesNotContain("connection refused");
    }

    @Test
    void everyClaimHasASource() {
        ChatAnswersTest.failedRun(gateway);
        new Tale(gateway, "orders", "r3").starts(600, planned("extract"));
        for (String question :
                List.of(
                        "what is running?",
                        "what failed?",
                        "how long did r2 take?",
                        "show errors",
                        "status of extract",
                        "is r3 done?")) {
            for (Event.ChatResponse part : asking.ask(question).parts()) {
                boolean looked =
                        part.message().contains("I looked") || part.message().contains("left out");
                assertThat(part.citations().isEmpty()).as(part.message()).isIn(false, looked);
                assertThat(!part.citations().isEmpty() || looked).as(part.message()).isTrue();
            }
        }
    }

    @Test
    void nothingRunningIsSaidWithWhatWasLookedAt() {
        assertThat(asking.ask("what is running?").text())
                .isEqualTo("Nothing is running now. I looked at the 0 runs that I know of.");
        ChatAnswersTest.failedRun(gateway);
        assertThat(asking.ask("what is running?").text())
                .contains("Nothing is running now. I looked at the 1 run that I know of.")
                .contains("failed at 10:09:40 UTC, after 9 m 40 s");
    }

    @Test
    void withoutNumbersItSaysWhatItLookedAt() {
        new Tale(gateway, "orders", "r1").starts(0, planned("extract"), planned("load"));

        Event.ChatResponse none = asking.ask("how many rows?").parts().getFirst();

        assertThat(none.message())
                .contains("No event of run `r1` tells a number of rows", "2 tasks");
        assertThat(none.citations()).isEmpty();
    }

    private static List<Cursor> cursors(Event.ChatResponse part) {
        return part.citations().stream().map(Citation::cursor).toList();
    }
}
