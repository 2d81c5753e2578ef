package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;

/** What publishers, pipes, runs, commands and answers do and do not reach. */
class AccessChecksIT extends GuardedGateway {

    @Test
    void publishersReachOnlyTheirChannels() throws Exception {
        assertThat(as(alice, "POST", "/api/channels/logs:acme:etl/events", "hello").statusCode())
                .isEqualTo(200);
        assertProblem(
                as(alice, "POST", "/api/channels/logs:other:etl/events", "hello"),
                403,
                "'alice' needs the grant 'publish:logs:other:etl'");
        assertProblem(
                as(
                        alice,
                        "POST",
                        "/api/events",
                        "{\"channel\":\"logs:other:etl\",\"message\":\"x\"}"),
                403,
                "publish:logs:other:etl");
        HttpResponse<String> mixed =
                as(
                        alice,
                        "POST",
                        "/api/events",
                        """
                        {"channel":"logs:other:x","message":"1"}
                        {"channel":"logs:acme:x","message":"2"}
                        {"channel":"session:victim","kind":"status","message":"3"}
                        {"channel":"commands:acme:x","kind":"command","id":"1","verb":"cancel","run":"r"}
                        {"channel":"runs:acme:x","kind":"command","id":"1","verb":"cancel","run":"r"}
                        """);
        assertThat(mixed.statusCode()).isEqualTo(200);
        assertThat(mixed.body())
                .contains(
                        "\"accepted\":1",
                        "\"rejected_count\":4",
                        "publish:session:victim",
                        "command:commands:acme:x",
                        "command:runs:acme:x");
    }

    @Test
    void anEventMayNotLeaveItsChannelByWhatItSays() throws Exception {
        HttpResponse<String> response =
                as(
                        alice,
                        "POST",
                        "/api/channels/logs:acme:etl/events",
                        "{\"channel\":\"logs:other:etl\",\"message\":\"x\"}");

        assertProblem(response, 403, "publish:logs:other:etl");
    }

    @Test
    void aPipeThatMayNotPublishIsToldBeforeItEnds() throws Exception {
        try (RawClient pipe = new RawClient(gateway.port())) {
            pipe.send(
                    "POST /api/channels/logs:other:etl/events HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + alice,
                    "Transfer-Encoding: chunked",
                    "");
            assertThat(pipe.readToEnd()).startsWith("HTTP/1.1 403").contains("publish:logs:other");
        }
    }

    @Test
    void aPipeEndsWhenItsTokenIsRevoked() throws Exception {
        try (RawClient pipe = new RawClient(gateway.port())) {
            pipe.send(
                    "POST /api/channels/logs:acme:live/events HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + alice,
                    "Transfer-Encoding: chunked",
                    "");
            pipe.chunk("before\n");
            await().until(() ->
                    get(alice, "/api/channels/logs:acme:live/events").body().contains("before"));
            as(admin, "DELETE", "/api/access/tokens/" + id(alice), "");
            pipe.chunk("after\n");

            assertThat(pipe.readToEnd())
                    .startsWith("HTTP/1.1 403")
                    .contains("was revoked", "\"accepted\":1");
        }
    }

    @Test
    void aPipeLosesAChannelWhenItsGrantGoes() throws Exception {
        String bob = token("bob");
        await().until(() -> get(bob, "/api/runs").statusCode() == 200);
        as(admin, "PUT", "/api/access/grants/bob", "{\"grants\":[\"publish:logs:acme:*\"]}");
        try (RawClient pipe = new RawClient(gateway.port())) {
            pipe.send(
                    "POST /api/channels/logs:acme:bob/events HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + bob,
                    "Transfer-Encoding: chunked",
                    "");
            pipe.chunk("one\n");
            await().until(() ->
                    get(alice, "/api/channels/logs:acme:bob/events").body().contains("one"));
            assertThat(as(admin, "DELETE", "/api/access/grants/bob", "").statusCode())
                    .isEqualTo(204);
            pipe.chunk("two\n").send("0", "");

            assertThat(pipe.readUntil("cursor"))
                    .contains("\"accepted\":1", "publish:logs:acme:bob");
        }
    }

    @Test
    void runsOfOthersAreNotThere() throws Exception {
        String bob = token("bob", "publish:runs:*", "subscribe:runs:other:*");
        await().until(() -> get(bob, "/api/runs").statusCode() == 200);
        for (String workspace : List.of("acme", "other")) {
            as(
                    bob,
                    "POST",
                    "/api/channels/runs:" + workspace + ":w/events",
                    "{\"kind\":\"workflow_started\",\"run\":\"r-" + workspace + "\"}");
        }
        assertThat(get(alice, "/api/runs").body()).contains("r-acme").doesNotContain("r-other");
        assertThat(get(bob, "/api/runs").body()).contains("r-other").doesNotContain("r-acme");
        assertProblem(get(alice, "/api/runs/r-other"), 404, "There is no run");
        assertProblem(get(alice, "/api/runs/other/w/r-other"), 403, "subscribe:runs:other:w");
        assertProblem(get(alice, "/api/runs/other/w/none"), 403, "subscribe:runs:other:w");
        assertThat(get(alice, "/api/runs/acme/w/r-acme").statusCode()).isEqualTo(200);
        assertProblem(get(alice, "/api/runs/a:b/w*/x"), 404, "There is no run");
    }

    @Test
    void commandsNeedTheirGrantAndBearTheName() throws Exception {
        as(
                alice,
                "POST",
                "/api/channels/runs:acme:w/events",
                "{\"kind\":\"workflow_started\",\"run\":\"r1\"}");
        String cancel =
                "{\"workspace\":\"acme\",\"workflow\":\"w\",\"run\":\"r1\",\"verb\":\"cancel\"}";
        assertProblem(as(alice, "POST", "/api/commands", cancel), 403, "command:commands:acme:w");
        as(
                admin,
                "PUT",
                "/api/access/grants/alice",
                "{\"grants\":[\"command:commands:acme:*\",\"subscribe:commands:acme:*\"]}");

        assertThat(as(alice, "POST", "/api/commands", cancel).statusCode()).isEqualTo(202);
        as(
                alice,
                "POST",
                "/api/channels/commands:acme:w/events",
                "{\"kind\":\"command\",\"id\":\"7\",\"verb\":\"cancel\",\"run\":\"r1\","
                        + "\"user\":\"root\"}");
        assertThat(get(alice, "/api/channels/commands:acme:w/events").body())
                .contains("\"user\":\"alice\"", "\"id\":\"7\"")
                .doesNotContain("\"user\":\"root\"");
    }

    @Test
    void answersRestOnWhatTheCallerMaySeeAndGoToHisOwnSession() throws Exception {
        String bob = token("bob", "publish:*", "subscribe:logs:bobs:*", "subscribe:runs:bobs:*");
        await().until(() -> get(bob, "/api/runs").statusCode() == 200);
        as(bob, "POST", "/api/channels/logs:other:w/events?run=hidden", "secret timeout here");
        as(bob, "POST", "/api/channels/logs:acme:w/events?run=shown", "public timeout here");
        as(
                alice,
                "POST",
                "/api/chat/question",
                "{\"session\":\"s1\",\"message\":\"show lines about timeout\"}");
        as(
                alice,
                "POST",
                "/api/chat/question",
                "{\"session\":\"s1\",\"message\":\"what is running?\"}");
        String page = "/api/channels/session:s1/events";
        await().until(() -> get(alice, page).body().split("\"done\":true", -1).length == 3);

        assertThat(get(alice, page).body())
                .contains("public timeout", "shown", "\"user\":\"alice\"")
                .doesNotContain("secret", "hidden", "other");
        assertProblem(
                as(bob, "POST", "/api/chat/question", "{\"session\":\"s1\",\"message\":\"hi\"}"),
                403,
                "belongs to somebody else");
    }
}
