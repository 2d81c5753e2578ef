package io.tailrace.demo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.Event;
import io.tailrace.model.RunStatus;
import io.tailrace.publisher.CommandListener;
import io.tailrace.publisher.Publisher;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The pipeline runs for ever on a slow repository and gets commands over a real stream. */
class CommandsTest {

    @TempDir private Path temp;

    private EventCollector collector;
    private Publisher publisher;
    private Pipeline pipeline;
    private CommandListener commands;
    private Thread thread;

    @BeforeEach
    void start() throws IOException {
        SmallRepository repository = new SmallRepository(temp.resolve("repository"));
        for (int i = 0; i < 30; i++) {
            repository.jar("j" + i + ".jar", "", SmallRepository.classes("org.p" + i, 2));
        }
        Path work = Files.createDirectories(temp.resolve("work"));
        collector = new EventCollector();
        publisher = Publisher.to(collector.url());
        Duration pause = Duration.ofMinutes(10); // only a command begins another run
        pipeline =
                new Pipeline(
                        new PipelineSettings(temp.resolve("repository"), work, 30, 5, 0, pause),
                        publisher);
        commands = publisher.commands(Pipeline.WORKSPACE, Pipeline.WORKFLOW, pipeline);
        thread = Thread.ofPlatform().start(this::runForever);
    }

    @AfterEach
    void stop() throws InterruptedException {
        pipeline.close();
        thread.interrupt();
        thread.join();
        commands.close();
        publisher.close();
        collector.close();
    }

    @Test
    void pauseResumeCancelAndRetryAreObeyedAndAnswered() {
        await().until(() -> !collector.events(Event.Progress.class).isEmpty());
        String run = runs().getFirst().subject().run();
        Objects.requireNonNull(run);

        assertAnswers(collector.command(run, CommandVerb.RESUME), "refused");
        assertAnswers(collector.command(run, CommandVerb.PAUSE), "done");
        assertAnswers(collector.command(run, CommandVerb.PAUSE), "refused");
        assertAnswers(collector.command(run, CommandVerb.RESUME), "done");
        assertThat(
                        collector.events(Event.Status.class).stream()
                                .filter(s -> s.subject().task() == null && s.command() == null)
                                .map(Event.Status::state))
                .containsExactly("paused", "running");

        assertAnswers(collector.command(run, CommandVerb.RETRY), "refused");
        assertAnswers(collector.command("another", CommandVerb.CANCEL), "refused");
        assertAnswers(collector.command(run, CommandVerb.CANCEL), "accepted", "done");
        await().until(() -> !collector.events(Event.WorkflowComplete.class).isEmpty());
        Event.WorkflowComplete end = collector.events(Event.WorkflowComplete.class).getFirst();
        assertThat(end.state()).isEqualTo(RunStatus.CANCELLED);
        assertThat(end.message()).isEqualTo("Cancelled by command: because");

        assertAnswers(collector.command("another", CommandVerb.RETRY), "refused");
        assertAnswers(collector.command(run, CommandVerb.RETRY), "accepted", "done");
        await().until(() -> runs().size() == 2);
        assertThat(runs().getLast().retryOf()).isEqualTo(run);
        assertThat(runs().getLast().message()).isEqualTo(runs().getFirst().message());
    }

    private void assertAnswers(String command, String... states) {
        await().untilAsserted(() -> assertThat(collector.answers(command)).containsExactly(states));
    }

    private List<Event.WorkflowStarted> runs() {
        return collector.events(Event.WorkflowStarted.class);
    }

    private void runForever() {
        try {
            pipeline.runForever();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
