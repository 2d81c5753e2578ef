package io.tailrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class RunControlTest {

    private FakeGateway gateway;
    private Publisher publisher;
    private final ObedientRuns runs = new ObedientRuns();
    private RunScope run;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
        publisher = new Publisher(Lines.settings(gateway));
        run = new RunScope(publisher, Subject.ofRun("acme", "orders", "r1"), runs);
    }

    @AfterEach
    void stop() {
        publisher.close();
        gateway.close();
    }

    private void command(CommandVerb verb, String of, String message) {
        Header header =
                Header.of(
                        Channel.commands("acme", "orders"),
                        Instant.now(),
                        Subject.ofRun("acme", "orders", of));
        runs.handle(
                new ReceivedCommand(
                        publisher,
                        Channel.runs("acme", "orders"),
                        new Event.Command(header, verb.name(), verb, message)));
    }

    private List<String> said() {
        assertThat(publisher.flush(Lines.SOON)).isTrue();
        return gateway.events().stream()
                .map(e ->
                        e instanceof Event.Status s
                                ? (s.command() == null ? "" : s.command() + " ") + s.state()
                                : e.kind())
                .toList();
    }

    @Test
    void nothingHappensWithoutACommand() {
        for (int i = 0; i < 1_000; i++) {
            run.checkpoint();
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void aPausedRunWaitsAtItsCheckpointUntilItIsResumed() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        Thread pipeline =
                Thread.ofVirtual()
                        .start(() -> {
                            while (steps.get() < 1_000_000_000) {
                                run.checkpoint();
                                steps.incrementAndGet();
                            }
                        });
        command(CommandVerb.PAUSE, "r1", "lunch");
        await().until(() -> said().contains("PAUSE done"));
        int at = steps.get();
        command(CommandVerb.PAUSE, "r1", "lunch");
        assertThat(steps.get()).isEqualTo(at);
        command(CommandVerb.RESUME, "r1", "");
        await().until(() -> steps.get() > at);
        command(CommandVerb.CANCEL, "r1", "enough");
        pipeline.join();
        assertThat(said())
                .containsExactly(
                        "PAUSE accepted",
                        "paused",
                        "PAUSE done",
                        "PAUSE refused",
                        "RESUME accepted",
                        "running",
                        "RESUME done",
                        "CANCEL accepted",
                        "CANCEL done");
        assertThatThrownBy(run::checkpoint)
                .isInstanceOf(RunCancelledException.class)
                .hasMessage("enough");
    }

    @Test
    void aPausedRunCanBeCancelled() throws Exception {
        command(CommandVerb.PAUSE, "r1", "");
        Thread pipeline =
                Thread.ofVirtual()
                        .start(() ->
                                assertThatThrownBy(run::checkpoint)
                                        .isInstanceOf(RunCancelledException.class));
        await().until(() -> said().contains("PAUSE done"));
        command(CommandVerb.CANCEL, "r1", "");
        pipeline.join();
        assertThat(said()).endsWith("CANCEL accepted", "CANCEL done");
    }

    @Test
    void everyCommandIsAnsweredAlsoWhenTheRunEndsFirst() {
        command(CommandVerb.RESUME, "r1", "");
        command(CommandVerb.PAUSE, "r1", "");
        command(CommandVerb.RESUME, "r1", "");
        run.checkpoint();
        command(CommandVerb.RETRY, "r1", "");
        command(CommandVerb.CANCEL, "r1", "");
        run.complete();
        command(CommandVerb.CANCEL, "r1", "");
        assertThat(said())
                .containsExactly(
                        "RESUME refused",
                        "PAUSE accepted",
                        "PAUSE refused",
                        "RESUME done",
                        "RETRY refused",
                        "CANCEL accepted",
                        "CANCEL refused",
                        "workflow_complete"); // the last command is somebody else's
    }

    @Test
    void aRetryRunsOnAThreadOfItsOwnAndFailuresAreTold() {
        command(CommandVerb.RETRY, "r0", "");
        var _ =
                runs.retrying(of -> {
                    if (of.equals("bad")) {
                        throw new IllegalStateException("no input any more");
                    }
                    run.progress(1, of);
                });
        command(CommandVerb.RETRY, "r0", "");
        await().until(() -> said().contains("RETRY done"));
        command(CommandVerb.RETRY, "bad", "");
        await().until(() -> said().contains("RETRY refused"));
        assertThat(said())
                .containsExactly(
                        "RETRY accepted",
                        "workflow_progress",
                        "RETRY done",
                        "RETRY accepted",
                        "RETRY refused");
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        command(CommandVerb.PAUSE, "r1", "");
        Thread pipeline =
                Thread.ofPlatform()
                        .start(() -> {
                            assertThatThrownBy(run::checkpoint)
                                    .isInstanceOf(RunCancelledException.class)
                                    .hasMessageContaining("interrupted");
                            assertThat(Thread.currentThread().isInterrupted()).isTrue();
                        });
        await().until(() -> said().contains("PAUSE done"));
        pipeline.interrupt();
        pipeline.join();
    }
}
