package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

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

    CommandState with(CommandPhase next, @Nullable String why) {
        return new CommandState(id, run, verb, next, why == null ? message : why, askedAt);
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
        String word = RunWords.verb(verb);
        return switch (phase) {
            case SENDING -> text("workflow.command.sending", word);
            case PENDING -> pending(word, now, ended);
            case ACCEPTED -> because(text("workflow.command.accepted", word));
            case REFUSED -> because(text("workflow.command.refused", word));
            case DONE -> because(text("workflow.command.done", word));
            case FAILED -> because(text("workflow.command.failed", word));
        };
    }

    private String because(String answer) {
        return message == null || message.isBlank()
                ? answer
                : text("workflow.command.because", answer, message);
    }

    private String pending(String word, Instant now, boolean ended) {
        boolean patient = Duration.between(askedAt, now).compareTo(PATIENCE) <= 0;
        if (verb == CommandVerb.RETRY) { // only what is over can be retried
            return patient
                    ? text("workflow.command.retry.sent", word)
                    : text("workflow.command.retry.silent", word);
        }
        if (ended) {
            return text("workflow.command.ended", word);
        }
        return patient
                ? text("workflow.command.sent", word)
                : text("workflow.command.silent", word);
    }
}
