package io.tailrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

class CommandListenerTest {

    @Test
    void everyCommandIsAnsweredWhateverTheHandlerDoes() throws IOException {
        CommandHandler handler =
                command -> {
                    switch (command.verb()) {
                        case CANCEL -> {
                            command.accept("Soon.");
                            command.done(command.run() + " " + command.message());
                        }
                        case PAUSE -> command.refuse("Not this one.");
                        case RESUME -> throw new IllegalStateException("no idea how");
                        case RETRY -> {} // forgets to answer
                    }
                };
        try (FakeGateway gateway = new FakeGateway();
                Publisher publisher = Publisher.to(gateway.uri().toString());
                CommandListener _ = publisher.commands("acme", "orders", handler)) {
            for (CommandVerb verb : CommandVerb.values()) {
                gateway.send(command(verb));
            }
            await().untilAsserted(() -> assertThat(answers(gateway)).hasSize(5));
            assertThat(answers(gateway))
                    .containsExactly(
                            "CANCEL accepted: Soon.",
                            "CANCEL done: r1 because",
                            "PAUSE refused: Not this one.",
                            "RESUME refused: The pipeline failed to obey: no idea how",
                            "RETRY refused: The pipeline does not know this command.");
            assertThat(gateway.events())
                    .allMatch(e -> e.channel().equals(Channel.runs("acme", "orders")))
                    .allMatch(e -> "r1".equals(e.subject().run()));
        }
    }

    private static List<String> answers(FakeGateway gateway) {
        return gateway.events().stream()
                .map(Event.Status.class::cast)
                .map(s -> s.command() + " " + s.state() + ": " + s.message())
                .toList();
    }

    private static Event.Command command(CommandVerb verb) {
        Header header =
                Header.of(
                        Channel.commands("acme", "orders"),
                        Instant.now(),
                        Subject.ofRun("acme", "orders", "r1"));
        return new Event.Command(header, verb.name(), verb, "because");
    }
}
