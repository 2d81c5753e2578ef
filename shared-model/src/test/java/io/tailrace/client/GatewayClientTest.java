package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.client.Reply.Ok;
import io.tailrace.client.Reply.Refused;
import io.tailrace.client.Reply.Unreachable;
import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunStatus;
import io.tailrace.wire.EventPage;
import io.tailrace.wire.RunList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

class GatewayClientTest {

    private static final RunKey RUN = new RunKey("acme", "nightly", "r \"1\"");
    private static final Channel LOGS = Channel.logs("acme", "näch/tly");

    private final ScriptedServer server = new ScriptedServer();
    private final GatewayClient client = new GatewayClient(server.uri(), Access.open());

    GatewayClientTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private void answers(String status, String type, String body) {
        String length = "Content-Length: " + body.getBytes(UTF_8).length;
        server.then(x -> x.head(status, "Content-Type: " + type, length).send(body));
    }

    @Test
    void asksAQuestion() {
        answers("202 Accepted", "application/json", "{\"status\":\"x\",\"question\":\"q1\"}");
        assertThat(client.askQuestion("s1", "c1", "q1", "Was lief \"schief\"?\n😀", RUN))
                .isEqualTo(new Ok<>("q1"));
        var asked = server.asked().getFirst();
        assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /api/chat/question");
        assertThat(asked.headers()).containsEntry("content-type", "application/json");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"session\":\"s1\",\"conversation\":\"c1\",\"question\":\"q1\","
                                + "\"message\":\"Was lief \\\"schief\\\"?\\n\\uD83D\\uDE00\","
                                + "\"run\":{\"workspace\":\"acme\",\"workflow\":\"nightly\","
                                + "\"run\":\"r \\\"1\\\"\"}}");
    }

    @Test
    void asksWithoutAFocus() {
        answers("202 Accepted", "application/json", "{\"question\":\"q1\"}");
        client.askQuestion("s1", "c1", "q1", "What?", null);
        assertThat(server.asked().getFirst().body()).doesNotContain("run");
    }

    @Test
    void sendsACommand() {
        answers("202 Accepted", "application/json", "{\"command\":\"c-7\",\"cursor\":\"e1-5\"}");
        assertThat(client.command(RUN, CommandVerb.CANCEL)).isEqualTo(new Ok<>("c-7"));
        assertThat(server.asked().getFirst().body())
                .isEqualTo(
                        "{\"workspace\":\"acme\",\"workflow\":\"nightly\",\"run\":\"r \\\"1\\\"\","
                                + "\"verb\":\"cancel\"}");
    }

    @Test
    void listsRuns() {
        answers(
                "200 OK",
                "application/json",
                """
                {"cursor":"e1-9","runs":[{"workspace":"acme","workflow":"nightly","run":"r1",
                "status":"paused","reported_by":"e1-3","unknown":[1]}]}
                """);
        RunList list = value(client.runs());
        assertThat(list.cursor()).isEqualTo(Cursor.parse("e1-9"));
        assertThat(list.runs().getFirst().status()).isEqualTo(RunStatus.PAUSED);
    }

    @Test
    void readsAPage() {
        answers(
                "200 OK",
                "application/json",
                """
                {"events":[{"cursor":"e1-9","event":{"channel":"logs:a:b","message":"hi",
                "deep":%s}}],"next":"e1-9","missing_up_to":"e1-2"}
                """
                        .formatted("[".repeat(63) + "]".repeat(63)));
        EventPage page = value(client.page(LOGS, Cursor.parse("e1-5"), 10));
        assertThat(server.asked().getFirst().target())
                .isEqualTo(
                        "/api/channels/logs%3Aacme%3An%C3%A4ch%2Ftly/events?limit=10&after=e1-5");
        assertThat(page.next()).isEqualTo(Cursor.parse("e1-9"));
        assertThat(page.missingUpTo()).isEqualTo(Cursor.parse("e1-2"));
        assertThat(page.entries().getFirst().cursor()).isEqualTo(Cursor.parse("e1-9"));
        assertThat(((Event.Log) page.entries().getFirst().event()).message()).isEqualTo("hi");
    }

    @Test
    void beginsAPageWithAnEntry() {
        answers("200 OK", "application/json", "{\"events\":[]}");
        answers("200 OK", "application/json", "{\"events\":[]}");
        client.pageFrom(LOGS, Cursor.parse("e1-9"), 1);
        client.page(LOGS, null, 1);
        assertThat(server.asked().get(0).target()).endsWith("?limit=1&after=e1-8");
        assertThat(server.asked().get(1).target()).endsWith("?limit=1");
    }

    @Test
    void givesTheGatewaysReasons() {
        answers("409 Conflict", "application/problem+json", "{\"detail\":\"The run is over.\"}");
        assertThat(client.command(RUN, CommandVerb.PAUSE))
                .isEqualTo(new Refused<>("The run is over."));
    }

    @Test
    void saysWhenTheAnswerMakesNoSense() {
        answers("200 OK", "application/json", "{\"events\":[{\"cursor\":\"e1-1\",\"event\":5}]}");
        assertThat(client.page(LOGS, null, 1))
                .isEqualTo(
                        new Refused<>(
                                "The gateway's answer cannot be understood: Field 'event' must be"
                                        + " an object."));
        answers("200 OK", "text/html", "<html>");
        assertThat(client.runs()).isInstanceOf(Refused.class);
    }

    @Test
    void saysWhenNobodyAnswers() throws IOException {
        URI uri = server.uri();
        server.then(ScriptedServer.Exchange::hang);
        try (GatewayClient hasty = new GatewayClient(uri, Access.open(), Duration.ofMillis(200))) {
            assertThat(hasty.runs())
                    .isEqualTo(
                            new Unreachable<>(
                                    "The gateway at %s did not answer within 200 milliseconds."
                                            .formatted(uri)));
        }
        server.close();
        assertThat(client.runs())
                .isEqualTo(
                        new Unreachable<>(
                                "Cannot reach the gateway at %s: connection refused."
                                        .formatted(uri)));
    }

    @Test
    void refusesAnAddressThatIsNone() {
        URI ftp = URI.create("ftp://host");
        assertThatThrownBy(() -> new GatewayClient(ftp, Access.open()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static <T> T value(Reply<T> reply) {
        return switch (reply) {
            case Ok<T>(T value) -> value;
            case Refused<T>(String reason) -> throw new AssertionError(reason);
            case Unreachable<T>(String reason) -> throw new AssertionError(reason);
        };
    }
}
