package io.tailrace.server;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.redaction.Redactor;

import java.util.List;

/**
 * Stores what the gateway itself says for somebody: answers and commands.
 *
 * @param broker stores it
 * @param redactor masks secrets that somebody wrote into a question or a command
 */
record OwnEvents(Broker broker, Redactor redactor) {

    /**
     * Stores one; blocks until it is durable.
     *
     * @throws HttpProblem 503 when its channel would be one too many
     */
    Cursor publish(Event event) {
        return switch (event) {
            case Event.Published published -> {
                if (!broker.admits(published.channel())) {
                    throw new HttpProblem(
                            503,
                            "Not available",
                            "Channel '%s' would be one too many: the operator may raise max-channels."
                                    .formatted(published.channel()));
                }
                yield broker.publish(List.of(redactor.redact(published)));
            }
            case Event.Control control ->
                    throw new IllegalArgumentException(control.kind() + " cannot be published.");
        };
    }
}
