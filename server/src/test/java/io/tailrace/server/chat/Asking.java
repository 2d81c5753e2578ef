package io.tailrace.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.SessionOwners;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.server.runs.MiniGateway;
import io.tailrace.wire.EventCodec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Asks a chat service and waits for the whole answer, checking what holds for every answer. */
final class Asking implements AutoCloseable {

    /** Sessions without owners. */
    static final SessionOwners EVERYBODYS =
            new SessionOwners() {
                @Override
                public boolean claim(String session, String owner) {
                    return true;
                }

                @Override
                public boolean owns(String session, String owner) {
                    return true;
                }
            };

    private static final ObjectMapper JSON = new ObjectMapper();
    private final MiniGateway gateway;
    private final ChatService chat;
    private int asked;

    Asking(MiniGateway gateway, Instant now) {
        this.gateway = gateway;
        this.chat =
                new ChatService(
                        gateway.log,
                        () -> gateway.runs().snapshot(),
                        gateway::publish,
                        UnaryOperator.identity(),
                        EVERYBODYS,
                        () -> now);
    }

    ChatService chat() {
        return chat;
    }

    Told ask(String message) {
        return ask(message, null);
    }

    Told ask(String message, @Nullable RunKey focus) {
        String id = "q" + ++asked;
        String reply = reply("me", "c", id, message, focus);
        assertThat(reply).isEqualTo("{\"status\":\"processing\",\"question\":\"" + id + "\"}");
        await().until(() -> !parts("me", id).isEmpty() && parts("me", id).getLast().done());
        List<Event.ChatResponse> parts = parts("me", id);
        for (int i = 0; i < parts.size(); i++) {
            assertThat(parts.get(i).part()).isEqualTo(i + 1);
            assertThat(parts.get(i).done()).isEqualTo(i + 1 == parts.size());
            parts.get(i).citations().forEach(c -> assertThat(event(c)).isNotNull());
        }
        return new Told(parts);
    }

    String reply(
            String session,
            String conversation,
            String id,
            String message,
            @Nullable RunKey focus) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("session", session);
        body.put("conversation", conversation);
        body.put("question", id);
        body.put("message", message);
        if (focus != null) {
            body.put(
                    "run",
                    Map.of(
                            "workspace",
                            focus.workspace(),
                            "workflow",
                            focus.workflow(),
                            "run",
                            focus.run()));
        }
        try {
            return new String(
                    chat.ask(Caller.ANYBODY, JSON.writeValueAsBytes(body)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands where a citation points. */
    Event event(Citation citation) {
        long position = citation.cursor().position();
        List<StoredEntry> there =
                gateway.log.read(List.of(citation.channel()), position - 1, position, 1, 99_999);
        assertThat(there).as("entry at %s", citation).hasSize(1);
        return EventCodec.decode(there.getFirst().json());
    }

    List<Event> sent(String session) {
        return gateway
                .log
                .read(List.of(Channel.session(session)), 0, Long.MAX_VALUE, 99_999, 99_999_999)
                .stream()
                .map(stored -> EventCodec.decode(stored.json()))
                .toList();
    }

    private List<Event.ChatResponse> parts(String session, String id) {
        return sent(session).stream()
                .filter(e -> e instanceof Event.ChatResponse)
                .map(e -> (Event.ChatResponse) e)
                .filter(e -> e.question().equals(id))
                .toList();
    }

    @Override
    public void close() {
        chat.close();
    }

    /** A whole answer. */
    record Told(List<Event.ChatResponse> parts) {
        String text() {
            return String.join("\n", parts.stream().map(Event.ChatResponse::message).toList());
        }

        Event.ChatResponse part(String containing) {
            return parts.stream()
                    .filter(p -> p.message().contains(containing))
                    .findFirst()
                    .orElseThrow(() ->
                            new AssertionError("Nothing with '" + containing + "' in:\n" + text()));
        }
    }
}
