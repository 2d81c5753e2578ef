package io.tailrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.RunStatus;
import io.tailrace.server.access.Caller;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.runs.MiniGateway;
import io.tailrace.server.runs.Tale;
import io.tailrace.wire.EventCodec;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

final class CommandServiceTest {

    private final MiniGateway gateway = new MiniGateway();
    private final CommandService commands =
            new CommandService(
                    () -> gateway.runs().snapshot(),
                    gateway::publish,
                    InstantSource.fixed(Tale.START));

    @BeforeEach
    void runsInEachState() {
        new Tale(gateway, "w", "running").starts(0);
        Tale paused = new Tale(gateway, "w", "paused");
        paused.starts(0);
        paused.says(1, "paused");
        for (RunStatus end : RunStatus.values()) {
            if (end.terminal()) {
                Tale tale = new Tale(gateway, "w", end.wireName());
                tale.starts(0);
                tale.ends(1, end, null, null);
            }
        }
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    running,   cancel
                    running,   pause
                    paused,    resume
                    paused,    cancel
                    succeeded, retry
                    failed,    retry
                    cancelled, retry
                    """)
    void publishesWhatMakesSense(String run, String verb) {
        String reply = submit(run, verb);

        var stored = gateway.log.read(List.of(Channel.commands("acme", "w")), 0, 99, 9, 9_999);
        Event.Command command = (Event.Command) EventCodec.decode(stored.getFirst().json());
        assertThat(command.verb().wireName()).isEqualTo(verb);
        assertThat(command.message()).isEqualTo("please");
        assertThat(command.subject().run()).isEqualTo(run);
        assertThat(reply)
                .isEqualTo(
                        "{\"command\":\"%s\",\"cursor\":\"%s-%d\"}"
                                .formatted(
                                        command.id(),
                                        gateway.log.epoch(),
                                        stored.getFirst().position()));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    running,   resume, is not paused
                    running,   retry,  is still going
                    paused,    pause,  is paused already
                    paused,    retry,  resume or cancel it
                    succeeded, cancel, has succeeded already: there is nothing to cancel
                    failed,    pause,  has failed already: there is nothing to pause
                    cancelled, cancel, has been cancelled already
                    cancelled, resume, nothing to resume
                    """)
    void refusesWhatMakesNone(String run, String verb, String reason) {
        assertProblem(() -> submit(run, verb), 409, reason);
        assertThat(gateway.log.channel(Channel.commands("acme", "w"))).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertProblem(() -> submit("nope", "cancel"), 404, "no run 'acme/w/nope'");
        assertProblem(() -> submit("running", "explode"), 400, "cancel, pause, resume or retry");
        assertProblem(() -> raw("{"), 400, "not valid JSON");
        assertProblem(() -> raw("[]"), 400, "one JSON object");
        assertProblem(() -> raw(""), 400, "one JSON object");
        assertProblem(() -> raw("{\"workspace\":[]}"), 400, "must be a text");
        assertProblem(() -> raw("{\"workspace\":\"a\"}"), 400, "'workflow' is missing");
        String big = "x".repeat(300);
        assertProblem(() -> raw("{\"workspace\":\"" + big + "\"}"), 400, "at most 256");
    }

    private String submit(String run, String verb) {
        return raw(
                """
                {"workspace":"acme","workflow":"w","run":"%s","verb":"%s","message":"please"}
                """
                        .formatted(run, verb));
    }

    private String raw(@Nullable String json) {
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        return new String(commands.submit(Caller.ANYBODY, body), StandardCharsets.UTF_8);
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
}
