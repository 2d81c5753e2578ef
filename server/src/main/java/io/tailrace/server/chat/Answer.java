package io.tailrace.server.chat;

import io.tailrace.model.RunState;
import io.tailrace.model.SuggestedAction;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An answer, ready to be sent.
 *
 * @param statements at least one
 * @param actions what to do next
 * @param partial whether a run it speaks of is still going
 * @param run the run it speaks of, for the questions that follow
 * @param task the task it speaks of
 * @param taskWasMeant whether "it" means the task rather than the run
 */
record Answer(
        List<Statement> statements,
        List<SuggestedAction> actions,
        boolean partial,
        @Nullable RunState run,
        @Nullable String task,
        boolean taskWasMeant) {

    /** Copies the lists. */
    Answer {
        statements = List.copyOf(statements);
        actions = List.copyOf(actions);
    }
}
