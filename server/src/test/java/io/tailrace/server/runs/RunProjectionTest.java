package io.tailrace.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.Channel;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.server.access.Caller;
import io.tailrace.server.eventlog.NewEntry;
import io.tailrace.server.http.HttpProblem;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

final class RunProjectionTest {

    private final MiniGateway gateway = new MiniGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void foldsWhatTheLogHoldsAndKeepsUp() {
        Tale tale = new Tale(gateway, "nightly", "r1");
        tale.starts(0, Tale.planned("a"));
        tale.logs(1, Level.WARN, "a", "hm");
        RunProjection runs = gateway.runs();
        assertThat(runs.snapshot().position()).isEqualTo(2);
        assertThat(runs.snapshot().runs().getFirst().warnings()).isEqualTo(1);

        tale.completes(2, "a", 1, 9L);

        RunsSnapshot now = runs.snapshot();
        assertThat(now.position()).isEqualTo(3);
        assertThat(now.run(tale.key()).orElseThrow().rows()).isEqualTo(9);
        assertThat(runs.snapshot()).isSameAs(now);
    }

    @Test
    void aRestartGoesOnFromTheCheckpoint() {
        Tale tale = new Tale(gateway, "nightly", "r1");
        gateway.runs();
        tale.starts(0);
        List<RunState> before = gateway.runs().snapshot().runs();
        gateway.runs().close();
        assertThat(gateway.log.note(Checkpoint.NOTE)).isPresent();

        gateway.log.append(
                List.of(new NewEntry(Channel.runs("acme", "nightly"), "x", 1, new byte[] {'{'})),
                Map.of());
        RunProjection again = gateway.restart();

        assertThat(again.snapshot().runs()).isEqualTo(before);
        assertThat(again.snapshot().position()).isEqualTo(2);
        assertThat(again.unreadable()).isEqualTo(1);
    }

    @Test
    void aDamagedOrForeignCheckpointIsFoldedAgain() {
        Tale tale = new Tale(gateway, "nightly", "r1");
        tale.starts(0);
        tale.ends(5, RunStatus.SUCCEEDED, 7L, null);
        String foreign =
                "{\"kind\":\"snapshot\",\"channel\":\"session:gateway\",\"cursor\":\"other-1\","
                        + "\"runs\":[]}";
        String future = foreign.replace("other-1", gateway.log.epoch() + "-99");
        for (String note : List.of("", "{", "[]", "{\"kind\":\"log\"}", foreign, future)) {
            gateway.log.putNote(Checkpoint.NOTE, note.getBytes(StandardCharsets.UTF_8));
            try (RunProjection runs = new RunProjection(gateway.log)) {
                RunState run = runs.snapshot().run(tale.key()).orElseThrow();
                assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            }
        }
    }

    @Test
    void batchesThatWereFoldedAlreadyChangeNothing() {
        Tale tale = new Tale(gateway, "nightly", "r1");
        tale.logs(0, Level.ERROR, null, "x");
        var runs = gateway.runs();
        var stored = gateway.log.read(List.of(Channel.logs("acme", "nightly")), 0, 9, 9, 999);
        var entry =
                new io.tailrace.model.Entry(
                        new io.tailrace.model.Cursor(gateway.log.epoch(), 1),
                        io.tailrace.wire.EventCodec.decode(stored.getFirst().json()));

        runs.accept(List.of(entry, entry));

        assertThat(runs.snapshot().runs().getFirst().errors()).isEqualTo(1);
    }

    @Test
    void aSnapshotHasEverythingUpToItsPositionAndNothingAfter() throws Exception {
        RunProjection runs = gateway.runs();
        Tale tale = new Tale(gateway, "nightly", "r1");
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> consistent =
                    threads.submit(() -> {
                        boolean all = true;
                        while (!done.get()) {
                            RunsSnapshot s = runs.snapshot();
                            long errors = s.runs().isEmpty() ? 0 : s.runs().getFirst().errors();
                            all &= errors == s.position();
                        }
                        return all;
                    });
            for (int i = 0; i < 3_000; i++) {
                tale.logs(i, Level.ERROR, null, "x");
            }
            done.set(true);
            assertThat(consistent.get()).isTrue();
        }
    }

    @Test
    void queriesFilterAndLimit() {
        for (int i = 0; i < 4; i++) {
            Tale tale = new Tale(gateway, "w" + i % 2, "r" + i);
            tale.starts(i);
            if (i > 1) {
                tale.ends(10, RunStatus.FAILED, null, "no");
            }
        }
        RunQueries queries = new RunQueries(gateway.runs());

        assertThat(text(queries.list(Caller.ANYBODY, null, null, null, null)))
                .startsWith("{\"cursor\":\"" + gateway.log.epoch() + "-6\",\"runs\":[")
                .containsSubsequence("\"r3\"", "\"r2\"", "\"r1\"", "\"r0\"");
        assertThat(text(queries.list(Caller.ANYBODY, "acme", "w1", "FAILED", "5")))
                .contains("\"r3\"")
                .doesNotContain("\"r1\"");
        assertThat(text(queries.list(Caller.ANYBODY, "other", null, null, null)))
                .contains("\"runs\":[]");
        assertThat(text(queries.list(Caller.ANYBODY, null, null, null, "1")))
                .contains("\"r3\"")
                .doesNotContain("\"r2\"");
        assertThat(text(queries.one(Caller.ANYBODY, "r1"))).contains("\"run\":\"r1\"");
        assertThat(text(queries.one(Caller.ANYBODY, new RunKey("acme", "w0", "r2"))))
                .contains("\"error\":\"no\"");
    }

    @Test
    void queriesThatCannotBeAnsweredSayWhy() {
        new Tale(gateway, "w1", "same").starts(0);
        new Tale(gateway, "w2", "same").starts(0);
        RunQueries queries = new RunQueries(gateway.runs());

        assertProblem(() -> queries.one(Caller.ANYBODY, "nope"), 404, "GET /api/runs lists");
        assertProblem(() -> queries.one(Caller.ANYBODY, "same"), 409, "acme/w1/same, acme/w2/same");
        assertProblem(
                () -> queries.list(Caller.ANYBODY, null, null, "odd", null),
                400,
                "running, paused");
        for (String limit : List.of("0", "1001", "x", "", "9999999999")) {
            assertProblem(
                    () -> queries.list(Caller.ANYBODY, null, null, null, limit), 400, "1 to 1000");
        }
    }

    private static void assertProblem(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, int status, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> {
                            assertThat(problem.status()).isEqualTo(status);
                            assertThat(problem.detail()).contains(part).endsWith(".");
                        });
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
