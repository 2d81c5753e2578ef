package io.tailrace.desktop.workflow;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * A command and what became of it.
 *
 * @param id what its answers repeat; empty while it is being sent
 * @param run which run it is for
 * @param verb what was asked
 * @param phase how far it has come
 * @param message what the pipeline, or the error, says; may be null
 * @param askedAt when it was asked
 */
public record CommandState(
        String id,
        RunKey run,
        CommandVerb verb,
        CommandPhase phase,
        @Nullable String message,
        Instant askedAt) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    CommandState with(CommandPhase next, @Nullable String text) {
        return new CommandState(id, run, verb, next, text == null ? message : text, askedAt);
    }

    CommandState withId(String known) {
        return new CommandState(known, run, verb, phase, message, askedAt);
    }

    /**
     * What to tell people.
     *
     * @param ended whether the run is over
     */
    String sentence(Instant now, boolean ended) {
        String word = verb.wireName();
        String more = message == null || message.isBlank() ? "" : ": " + message;
        return switch (phase) {
            case SENDING -> word + ": sending…";
            case PENDING -> word + ": " + pending(now, ended);
            case ACCEPTED -> word + " accepted" + more;
            case REFUSED -> word + " refused" + more;
            case DONE -> word + " done" + more;
            case FAILED -> word + " was not sent" + more;
        };
    }

    private String pending(Instant now, boolean ended) {
        boolean patient = Duration.between(askedAt, now).compareTo(PATIENCE) <= 0;
        if (verb == CommandVerb.RETRY) { // only what is over can be retried
            return patient
                    ? "sent, waiting for whoever starts this workflow"
                    : "no answer yet; whoever starts this workflow may not listen for commands";
        }
        if (ended) {
            return "the run ended without an answer to it";
        }
        return patient
                ? "sent, waiting for the pipeline"
                : "no answer yet; the pipeline may not listen for commands";
    }
}
