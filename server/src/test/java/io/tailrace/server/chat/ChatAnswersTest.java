package io.tailrace.server.chat;

import static io.tailrace.server.runs.Tale.START;
import static io.tailrace.server.runs.Tale.planned;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Citation;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.RunStatus;
import io.tailrace.server.runs.MiniGateway;
import io.tailrace.server.runs.Tale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

final class ChatAnswersTest {

    private static final Instant NOW = START.plusSeconds(1_000);

    private final MiniGateway gateway = new MiniGateway();
    private final Asking asking = new Asking(gateway, NOW);

    @AfterEach
    void close() {
        asking.close();
        gateway.close();
    }

    @Test
    void tellsWhatIsRunningAndHowFar() {
        Tale tale = new Tale(gateway, "orders", "r1");
        Cursor started = tale.starts(0, planned("extract"), planned("load", "extract"));
        Cursor extracted = tale.completes(100, "extract", 1, 1_234L);
        tale.runs(100, "load", 1);
        Cursor loading = tale.progress(420, "load", 1, 30, 56_789L);
        Cursor last = tale.logs(421, Level.INFO, "load", "still loading");

        Asking.Told told = asking.ask("What is running and how far?");

        Event.ChatResponse first = told.part("is running");
        assertThat(first.message())
                .isEqualTo(
                        "Run `r1` of `orders` is running, for 16 m 40 s; it is 65 % done, 1 of 2"
                                + " tasks over.");
        assertThat(cursors(first)).contains(started, extracted);
        Event.ChatResponse work = told.part("At work now");
        assertThat(work.message()).isEqualTo("At work now: `load` at 30 %, 56,789 rows.");
        assertThat(cursors(work)).contains(loading);
        assertThat(((Event.Progress) asking.event(work.citations().getFirst())).rows())
                .isEqualTo(56_789);
        Event.ChatResponse partial = told.part("Partial: the run is still going");
        assertThat(partial.message()).contains("10:07:01 UTC");
        assertThat(cursors(partial)).containsExactly(last);
        assertThat(told.parts()).allMatch(Event.ChatResponse::partial);
        assertThat(told.parts().getLast().actions()).isNotEmpty();
    }

    @Test
    void tellsWhatFailedAndWhy() {
        Tale tale = failedRun(gateway);

        Asking.Told told = asking.ask("what failed and why?");

        assertThat(told.part("failed after").message())
                .isEqualTo("Run `r2` of `orders` failed after 9 m 40 s.");
        Event.ChatResponse first = told.part("failed first");
        assertThat(first.message())
                .isEqualTo("Task `extract` failed first: `connection refused by db-1`.");
        assertThat(((Event.Failed) asking.event(first.citations().getFirst())).error())
                .isEqualTo("connection refused by db-1");
        Event.ChatResponse again = told.part("2 attempts");
        assertThat(again.message()).contains("`connection lost`");
        assertThat(again.citations()).hasSize(2);
        Event.ChatResponse line = told.part("last error line");
        assertThat(line.message()).contains("`Caused by: ECONNREFUSED 10.0.0.7:5432`");
        assertThat(((Event.Log) asking.event(line.citations().getFirst())).message())
                .isEqualTo("Caused by: ECONNREFUSED 10.0.0.7:5432");
        Event.ChatResponse notRun = told.part("did not run");
        assertThat(notRun.message()).isEqualTo("2 tasks did not run: `load`, `report`.");
        assertThat(asking.event(notRun.citations().getLast()))
                .isInstanceOf(Event.WorkflowStarted.class);
        assertThat(told.parts()).noneMatch(Event.ChatResponse::partial);
        assertThat(told.parts().getLast().actions())
                .anySatisfy(a -> assertThat(a.action()).isEqualTo("command"))
                .anySatisfy(a -> assertThat(a.argument()).isEqualTo("connection refused by db-1"));
        assertThat(tale.key().run()).isEqualTo("r2");
    }

    @Test
    void tellsThatARetryIsUnderWay() {
        Tale tale = new Tale(gateway, "orders", "r1");
        tale.starts(0, planned("extract"));
        Cursor failed = tale.fails(5, "extract", 1, "timeout", true);

        Asking.Told told = asking.ask("why did r1 fail?");

        assertThat(told.text()).contains("has not failed: it is running");
        assertThat(cursors(told.part("will be retried: `timeout`"))).containsExactly(failed);
    }

    @Test
    void tellsThatAnAttemptFailedThoughTheRunDidNot() {
        failedRun(gateway);
        Tale tale = new Tale(gateway, "orders", "r3");
        tale.starts(600, planned("load"));
        Cursor line = tale.logs(604, Level.ERROR, "load", "duplicate key 17");
        Cursor failed = tale.fails(605, "load", 1, "duplicate key", true);
        tale.runs(606, "load", 2);
        Cursor loaded = tale.completes(610, "load", 2, 5L);
        tale.ends(611, RunStatus.SUCCEEDED, 5L, null);

        Asking.Told told = asking.ask("What failed and why?", tale.key());

        assertThat(told.text()).contains("Run `r3` of `orders` has not failed: it succeeded");
        Event.ChatResponse retried = told.part("failed on attempt 1");
        assertThat(retried.message())
                .contains("`load`", "succeeded when it was tried again: `duplicate key`");
        assertThat(cursors(retried)).containsExactly(failed, loaded);
        assertThat(cursors(told.part("`duplicate key 17`"))).containsExactly(line);
        assertThat(told.parts().getLast().actions())
                .anySatisfy(a -> assertThat(a.argument()).isEqualTo("Why did run r2 fail?"));
    }

    @Test
    void retriedFailuresAreToldWhenNoRunFailed() {
        Tale tale = new Tale(gateway, "orders", "r1");
        tale.starts(0, planned("load"));
        tale.fails(5, "load", 1, "duplicate key", true);
        tale.runs(6, "load", 2);

        Asking.Told told = asking.ask("What failed and why?");

        assertThat(told.text())
                .contains("No run has failed", "is being tried again: `duplicate key`");
    }

    @Test
    void aFailureWithoutATaskIsWhatTheRunSays() {
        Tale tale = new Tale(gateway, "orders", "r1");
        tale.starts(0);
        Cursor end = tale.ends(5, RunStatus.FAILED, null, "out of disk");

        Asking.Told told = asking.ask("what went wrong?");

        assertThat(cursors(told.part("It says: `out of disk`"))).containsExactly(end);
    }

    @Test
    void tellsHowLongItTook() {
        failedRun(gateway);

        Asking.Told told = asking.ask("How long did r2 take?");

        Event.ChatResponse took = told.parts().getFirst();
        assertThat(took.message())
                .isEqualTo(
                        "Run `r2` of `orders` took 9 m 40 s, from 10:00:00 UTC to 10:09:40 UTC.");
        assertThat(asking.event(took.citations().getFirst()).timestamp()).isEqualTo(START);
        assertThat(asking.event(took.citations().getLast()).timestamp())
                .isEqualTo(START.plusSeconds(580));
        assertThat(told.part("Its tasks").message()).isEqualTo("Its tasks: `extract` 9 m.");

        assertThat(asking.ask("how long did extract take?").parts().getFirst().message())
                .isEqualTo("Task `extract` of run `r2` took 9 m over 2 attempts.");
    }

    @Test
    void tellsHowManyRows() {
        Tale tale = new Tale(gateway, "orders", "r1");
        tale.starts(0, planned("extract"), planned("load", "extract"));
        Cursor counted = tale.progress(5, "extract", 1, 50, 2_000_000L);
        tale.progress(6, "extract", 1, 60, null);

        Asking.Told worked = asking.ask("how many rows?");
        Event.ChatResponse most = worked.part("states no total");
        assertThat(most.message()).contains("2,000,000 rows so far, by `extract`");
        assertThat(cursors(most)).containsExactly(counted);
        assertThat(worked.parts().getFirst().partial()).isTrue();

        tale.completes(10, "extract", 1, 2_000_010L);
        Cursor end = tale.ends(20, RunStatus.SUCCEEDED, 1_999_000L, null);
        Asking.Told stated = asking.ask("how many rows?");
        assertThat(cursors(stated.part("states 1,999,000 rows."))).containsExactly(end);
        assertThat(stated.part("By task").message()).isEqualTo("By task: `extract` 2,000,010.");
    }

    @Test
    void showsErrorsAboutSomething() {
        Tale tale = new Tale(gateway, "orders", "r1");
        tale.starts(0);
        for (int i = 0; i < 12; i++) {
            tale.logs(i, Level.ERROR, null, "read timeout of shard " + i);
            tale.logs(i, Level.INFO, null, "no timeout here");
        }

        Asking.Told told = asking.ask("show errors about timeout");

        assertThat(told.parts().getFirst().message())
                .isEqualTo(
                        "12 error lines about `timeout` in any log; I looked through all 24 lines"
                                + " that are kept.");
        Event.ChatResponse newest = told.part("shard 11");
        assertThat(newest.message()).isEqualTo("10:00:11 UTC ERROR `read timeout of shard 11`");
        assertThat(((Event.Log) asking.event(newest.citations().getFirst())).message())
                .isEqualTo("read timeout of shard 11");
        assertThat(told.parts()).hasSize(6);
        assertThat(told.parts().getLast().actions().getFirst().argument()).isEqualTo("timeout");

        Event.ChatResponse none = asking.ask("show errors about unicorns in r1").parts().getFirst();
        assertThat(none.message())
                .isEqualTo(
                        "No error line about `unicorns` in run `r1`; I looked through all 24 lines"
                                + " that are kept.");
    }

    @Test
    void tellsWhereATaskStands() {
        failedRun(gateway);

        Asking.Told told = asking.ask("what is the status of load?");
        assertThat(told.parts().getFirst().message())
                .isEqualTo("Task `load` of run `r2` did not run.");
        assertThat(told.part("It needed `extract`").citations()).hasSize(1);

        assertThat(asking.ask("why did extract fail?").text())
                .contains("Attempt 1 failed: `connection refused by db-1`.")
                .contains("Attempt 2 failed: `connection lost`.");
    }

    @Test
    void aConversationRemembersWhatItIsAbout() {
        Tale before = new Tale(gateway, "orders", "r1");
        before.starts(-500, planned("extract"));
        before.ends(-400, RunStatus.SUCCEEDED, 5L, null);
        failedRun(gateway);

        assertThat(asking.ask("what failed?").text()).contains("`r2`");
        assertThat(asking.ask("how long did that task take?").text())
                .contains("`extract` of run `r2` took 9 m");
        assertThat(asking.ask("and the run before?").text())
                .contains("Run `r1` of `orders` took 1 m 40 s");
        assertThat(asking.ask("did it succeed?").text()).contains("Run `r1` of `orders` succeeded");
        assertThat(asking.ask("what about the run before?").text())
                .contains("There is no such run");
    }

    static Tale failedRun(MiniGateway gateway) {
        Tale tale = new Tale(gateway, "orders", "r2");
        tale.starts(0, planned("extract"), planned("load", "extract"), planned("report", "load"));
        tale.runs(10, "extract", 1);
        tale.logs(50, Level.ERROR, "extract", "Caused by: ECONNREFUSED 10.0.0.7:5432");
        tale.fails(60, "extract", 1, "connection refused by db-1", true);
        tale.runs(70, "extract", 2);
        tale.fails(550, "extract", 2, "connection lost", false);
        tale.ends(580, RunStatus.FAILED, null, "1 task failed");
        return tale;
    }

    private static List<Cursor> cursors(Event.ChatResponse part) {
        return part.citations().stream().map(Citation::cursor).toList();
    }
}
