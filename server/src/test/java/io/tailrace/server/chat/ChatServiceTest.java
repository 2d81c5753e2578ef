package io.tailrace.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.server.access.Caller;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.runs.MiniGateway;
import io.tailrace.server.runs.Tale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

final class ChatServiceTest {

    private final MiniGateway gateway = new MiniGateway();
    private final Asking asking = new Asking(gateway, Tale.START);

    @AfterEach
    void close() {
        asking.close();
        gateway.close();
    }

    @Test
    void theQuestionComesBeforeItsAnswer() {
        asking.ask("help \"me\" \\ <b>");

        List<Event> sent = asking.sent("me");
        assertThat(sent.getFirst())
                .isInstanceOfSatisfying(
                        Event.ChatQuestion.class,
                        q -> assertThat(q.message()).isEqualTo("help \"me\" \\ <b>"));
        assertThat(sent).hasSizeGreaterThan(1);
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertProblem("{\"message\":\"x\"}", 400, "'session' is missing");
        assertProblem("{\"session\":\"a b\",\"message\":\"x\"}", 400, "no spaces");
        assertProblem("{\"session\":\"s\"}", 400, "'message' is missing");
        assertProblem("{\"session\":\"s\",\"message\":\"  \"}", 400, "'message' is missing");
        String big = "x".repeat(2_001);
        assertProblem("{\"session\":\"s\",\"message\":\"" + big + "\"}", 400, "at most 2,000");
        assertProblem("{\"session\":\"s\",\"message\":\"x\",\"run\":3}", 400, "must be an object");
        assertProblem("{\"session\":\"s\",\"message\":\"x\",\"run\":{}}", 400, "'workspace'");
        assertProblem("nonsense", 400, "not valid JSON");
        assertThat(gateway.log.newest()).isZero();
    }

    @Test
    void tooManyQuestionsAtOnceAreRefused() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        ChatService slow =
                new ChatService(
                        gateway.log,
                        () -> {
                            try {
                                stuck.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return gateway.runs().snapshot();
                        },
                        gateway::publish,
                        UnaryOperator.identity(),
                        Asking.EVERYBODYS,
                        () -> Tale.START);
        byte[] question = bytes("{\"session\":\"s\",\"message\":\"help\"}");
        for (int i = 0; i < 3; i++) {
            slow.ask(Caller.ANYBODY, question);
        }

        assertThatThrownBy(() -> slow.ask(Caller.ANYBODY, question))
                .isInstanceOfSatisfying(
                        HttpProblem.class, p -> assertThat(p.status()).isEqualTo(429));
        slow.ask(Caller.ANYBODY, bytes("{\"session\":\"other\",\"message\":\"help\"}"));
        stuck.countDown();
        await().untilAsserted(() -> slow.ask(Caller.ANYBODY, question));
        slow.close();
    }

    @Test
    void aBreakdownIsToldInsteadOfSilence() {
        ChatService broken =
                new ChatService(
                        gateway.log,
                        () -> {
                            throw new IllegalStateException("secret detail");
                        },
                        gateway::publish,
                        UnaryOperator.identity(),
                        Asking.EVERYBODYS,
                        () -> Tale.START);

        broken.ask(Caller.ANYBODY, bytes("{\"session\":\"s\",\"message\":\"help\"}"));
        broken.close();

        assertThat(asking.sent("s").getLast())
                .isInstanceOfSatisfying(
                        Event.ChatResponse.class,
                        r -> {
                            assertThat(r.done()).isTrue();
                            assertThat(r.message())
                                    .contains("could not answer")
                                    .doesNotContain("secret");
                        });
    }

    @Test
    void manySessionsAskAtOnceWhileTheRunGoesOn() {
        Tale tale = new Tale(gateway, "orders", "r1");
        tale.starts(0, Tale.planned("load"));
        gateway.runs();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int s = 0; s < 8; s++) {
                String session = "s" + s;
                threads.execute(() -> {
                    for (int i = 0; i < 3; i++) {
                        asking.reply(session, "c", session + "-" + i, "how far is r1?", null);
                    }
                });
            }
            for (int i = 0; i < 500; i++) {
                tale.progress(i, "load", 1, i / 5.0, (long) i);
                tale.logs(i, Level.INFO, "load", "line " + i);
            }
        }
        await().untilAsserted(() -> {
            for (int s = 0; s < 8; s++) {
                assertThat(asking.sent("s" + s).stream().filter(ChatServiceTest::last)).hasSize(3);
            }
        });
        for (int s = 0; s < 8; s++) {
            Map<String, Integer> parts = new HashMap<>();
            for (Event event : asking.sent("s" + s)) {
                if (event instanceof Event.ChatResponse r) {
                    assertThat(r.part()).isEqualTo(parts.merge(r.question(), 1, Integer::sum));
                    r.citations().forEach(c -> assertThat(asking.event(c)).isNotNull());
                }
            }
        }
    }

    @Test
    void conversationsAreForgottenAfterAWhile() {
        Conversations conversations = new Conversations();
        Instant then = Tale.START;
        Memory memory = new Memory(null, "t", true, Intent.LONG, null, then);
        conversations.remember("s", "c", memory);

        assertThat(conversations.recall("s", "c", then.plusSeconds(60))).isEqualTo(memory);
        assertThat(conversations.recall("s", "other", then)).isNull();
        assertThat(conversations.recall("s", "c", then.plus(Duration.ofHours(3)))).isNull();
        for (int i = 0; i < Conversations.MOST; i++) {
            conversations.remember("s" + i, "c", memory);
        }
        assertThat(conversations.recall("s", "c", then)).isNull();
        assertThat(conversations.recall("s1", "c", then)).isNotNull();
    }

    @Test
    void aClaimWithoutASourceCannotBeMade() {
        assertThatThrownBy(() -> new Statement.Claim("It failed.", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No source, no claim");
    }

    @Test
    void saysNumbersAndTimesAsPeopleDo() {
        assertThat(Say.number(1_234_567)).isEqualTo("1,234,567");
        assertThat(Say.duration(Duration.ofMillis(350))).isEqualTo("350 ms");
        assertThat(Say.duration(Duration.ofMillis(2_500))).isEqualTo("2.5 s");
        assertThat(Say.duration(Duration.ofSeconds(580))).isEqualTo("9 m 40 s");
        assertThat(Say.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 m");
        assertThat(Say.duration(Duration.ofHours(27))).isEqualTo("1 d 3 h");
        assertThat(Say.percent(99.99)).isEqualTo("99.9 %");
        assertThat(Say.quote("a `b`")).isEqualTo("`` a `b` ``");
        assertThat(Say.quote("")).isEqualTo("`  `");
        assertThat(Say.quote("x".repeat(400))).hasSize(303).endsWith("…`");
    }

    private static boolean last(Event event) {
        return event instanceof Event.ChatResponse r && r.done();
    }

    private void assertProblem(String body, int status, String part) {
        assertThatThrownBy(() -> asking.chat().ask(Caller.ANYBODY, bytes(body)))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> {
                            assertThat(problem.status()).isEqualTo(status);
                            assertThat(problem.detail()).contains(part).endsWith(".");
                        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
