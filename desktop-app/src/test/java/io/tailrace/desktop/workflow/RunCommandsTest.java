package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.desktop.Tale;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

class RunCommandsTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
    private static final RunKey RUN = new RunKey("acme", "nightly", "a");

    private Instant now = START;
    private final RunsModel model = new RunsModel(() -> now, new Times(ZoneOffset.UTC));
    private final BlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();
    private final List<String> questions = new ArrayList<>();

    @Test
    void cancelIsSentOnlyAfterYes() throws InterruptedException {
        List<Runnable> yes = new ArrayList<>();
        LinkedBlockingQueue<CommandVerb> sent = new LinkedBlockingQueue<>();
        RunCommands commands =
                new RunCommands(
                        model,
                        (_, verb) -> {
                            sent.add(verb);
                            return "c1";
                        },
                        (question, _, confirmed) -> {
                            questions.add(question);
                            yes.add(confirmed);
                        },
                        fx::add);
        begin();

        commands.command(RUN, CommandVerb.CANCEL);
        assertThat(model.command().get()).isNull();
        assertThat(questions).singleElement().asString().contains("Cancel run a of nightly?");

        yes.getFirst().run();
        assertThat(model.commandSentence().get()).isEqualTo("cancel: sending…");
        fx.take().run();
        assertThat(sent).containsExactly(CommandVerb.CANCEL);
        assertThat(model.commandSentence().get())
                .isEqualTo("cancel: sent, waiting for the pipeline");
    }

    @Test
    void answersAreShownEvenWhenTheyOvertakeTheReply() throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        RunCommands commands =
                commands((_, _) -> {
                    await().until(() -> answered.getCount() == 0);
                    return "c7";
                });
        begin();
        commands.command(RUN, CommandVerb.PAUSE);

        apply(tale().answers("c7", "accepted", "after this batch"));
        answered.countDown();
        fx.take().run();
        assertThat(model.commandSentence().get()).isEqualTo("pause accepted: after this batch");

        apply(tale().answers("c7", "done", "paused"));
        apply(tale().answers("c7", "accepted", "late and doubled"));
        assertThat(model.commandSentence().get()).isEqualTo("pause done: paused");
    }

    @Test
    void aCommandThatWasNotSentSaysWhy() throws InterruptedException {
        RunCommands commands =
                commands((_, _) -> {
                    throw new IllegalStateException("The gateway does not answer.");
                });
        begin();
        commands.command(RUN, CommandVerb.RETRY);
        fx.take().run();

        assertThat(model.commandSentence().get())
                .isEqualTo("retry was not sent: The gateway does not answer.");
    }

    @Test
    void silenceIsSaid() throws InterruptedException {
        RunCommands commands = commands((_, _) -> "c1");
        begin();
        commands.command(RUN, CommandVerb.PAUSE);
        fx.take().run();

        now = now.plusSeconds(11);
        model.batchEnded();
        assertThat(model.commandSentence().get()).contains("no answer yet");

        apply(tale().ends(RunStatus.SUCCEEDED, null));
        assertThat(model.commandSentence().get())
                .isEqualTo("pause: the run ended without an answer to it");
    }

    @Test
    void answersToUnknownCommandsChangeNothing() {
        begin();
        apply(tale().answers("of somebody", "done", null));

        assertThat(model.command().get()).isNull();
        assertThat(model.chosen().get()).isNotNull();
    }

    private RunCommands commands(CommandSender sender) {
        return new RunCommands(model, sender, (_, _, confirmed) -> confirmed.run(), fx::add);
    }

    private void begin() {
        apply(tale().starts());
    }

    private void apply(Tale tale) {
        tale.entries().forEach(model::apply);
        now = now.plusMillis(200);
        model.batchEnded();
    }

    private static Tale tale() {
        return new Tale(RUN, START);
    }
}
