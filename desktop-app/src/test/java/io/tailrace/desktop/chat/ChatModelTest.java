package io.tailrace.desktop.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.Tale;
import io.tailrace.model.Channel;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;
import io.tailrace.model.SuggestedAction;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

class ChatModelTest {

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

    private Instant now = START;
    private int ids;
    private final BlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();
    private final BlockingQueue<ChatAsk> asked = new LinkedBlockingQueue<>();
    private final ChatModel model =
            new ChatModel(asked::add, fx::add, () -> now, () -> "id" + ids++);

    @Test
    void aQuestionStandsThereAtOnceAndIsSent() throws InterruptedException {
        RunKey run = new RunKey("acme", "nightly", "a");
        model.focus().set(run);
        model.ask("  What is running?  ");

        assertThat(turn().phase()).isEqualTo(ChatPhase.SENDING);
        assertThat(asked.take()).isEqualTo(new ChatAsk("id0", "id1", "What is running?", run));
        fx.take().run();
        assertThat(turn().phase()).isEqualTo(ChatPhase.WAITING);
    }

    @Test
    void blankQuestionsAreNotAskedAndLongOnesAreCut() throws InterruptedException {
        model.ask("   ");
        assertThat(model.turns()).isEmpty();

        model.ask("x".repeat(5_000));
        assertThat(asked.take().message()).hasSize(ChatModel.MAX_QUESTION);
    }

    @Test
    void partsStandInTheirOrderHoweverTheyArriveAndEachOnce() {
        model.ask("Why?");
        answer(3, "three", true);
        answer(1, "one", false);
        answer(1, "one again", false);
        assertThat(turn().phase()).isEqualTo(ChatPhase.ANSWERING);

        answer(2, "two", false);

        assertThat(turn().parts())
                .extracting(ChatPart::text)
                .containsExactly("one", "two", "three");
        assertThat(turn().phase()).isEqualTo(ChatPhase.DONE);
        assertThat(turn().actions()).hasSize(1);
        assertThat(turn().partial()).isTrue();
    }

    @Test
    void anAnswerThatOvertakesTheReplyIsNotUndoneByIt() throws InterruptedException {
        model.ask("Why?");
        answer(1, "because", true);
        fx.take().run();

        assertThat(turn().phase()).isEqualTo(ChatPhase.DONE);
    }

    @Test
    void aRefusedQuestionSaysWhyAndALateAnswerStillCounts() throws InterruptedException {
        ChatModel refused =
                new ChatModel(
                        _ -> {
                            throw new IllegalStateException("Ask again in a moment.");
                        },
                        fx::add,
                        () -> now,
                        () -> "id" + ids++);
        refused.ask("Why?");
        fx.take().run();

        ChatTurn turn = refused.turns().getFirst();
        assertThat(turn.phase()).isEqualTo(ChatPhase.FAILED);
        assertThat(turn.waiting(now, true)).isEqualTo("Ask again in a moment.");

        refused.apply(response(turn.id(), 1, "because", true));
        refused.batchEnded();
        assertThat(refused.turns().getFirst().waiting(now, true)).isEmpty();
    }

    @Test
    void slowAnswersAndLostConnectionsAreExplained() {
        model.ask("Why?");
        assertThat(turn().waiting(now, true)).isEmpty();
        assertThat(turn().waiting(now, false)).startsWith("Not connected.");
        assertThat(turn().waiting(now.plusSeconds(11), true)).startsWith("No answer for 10 s.");

        answer(1, "one", false);
        assertThat(turn().waiting(now.plusSeconds(11), true)).startsWith("The rest");
        answer(2, "two", true);
        assertThat(turn().waiting(now.plusSeconds(11), true)).isEmpty();
    }

    @Test
    void aReplayedConversationIsRebuiltOnce() {
        model.apply(question("q9", "Asked before the restart"));
        model.apply(response("q9", 1, "because", true));
        model.apply(question("q9", "Asked before the restart"));
        model.batchEnded();

        assertThat(turn().question()).isEqualTo("Asked before the restart");
        assertThat(turn().phase()).isEqualTo(ChatPhase.DONE);
        assertThat(model.turns()).hasSize(1);
    }

    @Test
    void anAnswerWhoseQuestionIsNotKnownIsShownAllTheSame() {
        model.apply(response("q5", 1, "because", false));
        model.batchEnded();
        assertThat(turn().question()).isEmpty();

        model.apply(question("q5", "Why?"));
        model.batchEnded();
        assertThat(turn().question()).isEqualTo("Why?");
        assertThat(turn().phase()).isEqualTo(ChatPhase.ANSWERING);
    }

    @Test
    void longConversationsForgetTheirBeginning() {
        for (int i = 0; i < ChatModel.MAX_TURNS + 5; i++) {
            model.apply(question("q" + i, "question " + i));
        }
        model.batchEnded();
        model.apply(question("more", "one more"));
        model.batchEnded();

        assertThat(model.turns()).hasSize(ChatModel.MAX_TURNS);
        assertThat(model.turns().getFirst().question()).isEqualTo("question 6");
        assertThat(model.questions()).last().isEqualTo("one more");
    }

    @Test
    void understandsBoldAndCodeAndNothingElse() {
        assertThat(Markdown.spans("a **b** `c*d` _e_ **f"))
                .containsExactly(
                        new Markdown.Span("a ", Markdown.Look.PLAIN),
                        new Markdown.Span("b", Markdown.Look.BOLD),
                        new Markdown.Span(" ", Markdown.Look.PLAIN),
                        new Markdown.Span("c*d", Markdown.Look.CODE),
                        new Markdown.Span(" _e_ **f", Markdown.Look.PLAIN));
        assertThat(Markdown.spans("")).isEmpty();
    }

    private ChatTurn turn() {
        return model.turns().getLast();
    }

    private void answer(int part, String text, boolean done) {
        model.apply(response(turn().id(), part, text, done));
        model.batchEnded();
    }

    private static Entry question(String id, String text) {
        return new Entry(Tale.nextCursor(), new Event.ChatQuestion(header(), "c", id, text));
    }

    private static Entry response(String id, int part, String text, boolean done) {
        List<SuggestedAction> actions =
                done ? List.of(new SuggestedAction("More", "ask", "And then?")) : List.of();
        return new Entry(
                Tale.nextCursor(),
                new Event.ChatResponse(
                        header(), "c", id, part, text, List.of(), actions, done, done));
    }

    private static Header header() {
        return Header.of(Channel.session("s"), START, Subject.NONE);
    }
}
