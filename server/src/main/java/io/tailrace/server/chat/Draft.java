package io.tailrace.server.chat;

import io.tailrace.model.Citation;
import io.tailrace.model.Cursor;
import io.tailrace.model.RunState;
import io.tailrace.model.SuggestedAction;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** An answer being written. Confined to the thread that writes it. */
final class Draft {

    private static final int MAX_CITATIONS = 12;

    private final Knowledge knowledge;
    private final List<Statement> statements = new ArrayList<>();
    private final List<SuggestedAction> actions = new ArrayList<>();
    private final LinkedHashSet<RunState> going = new LinkedHashSet<>();
    private int unproven;
    private @Nullable RunState run;
    private @Nullable String task;
    private boolean taskWasMeant;

    Draft(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** What the answer speaks of; of several runs the last one named here is kept in mind. */
    void about(RunState spokenOf, @Nullable String ofTask) {
        run = spokenOf;
        task = ofTask;
        taskWasMeant = ofTask != null;
        if (!spokenOf.status().terminal()) {
            going.add(spokenOf);
        }
    }

    /** The task that "that task" will mean. */
    void remember(@Nullable String ofTask) {
        task = ofTask;
        taskWasMeant = false;
    }

    /** Says something that the proofs show; without any it is left out, and that is said. */
    void claim(String text, List<Optional<Evidence.Proof>> proofs) {
        cited(
                text,
                proofs.stream().flatMap(Optional::stream).map(Evidence.Proof::citation).toList());
    }

    /** Says something with its citations. */
    void cited(String text, List<Citation> citations) {
        LinkedHashSet<Cursor> seen = new LinkedHashSet<>();
        List<Citation> distinct =
                citations.stream().filter(c -> seen.add(c.cursor())).limit(MAX_CITATIONS).toList();
        if (distinct.isEmpty()) {
            unproven++;
        } else {
            statements.add(new Statement.Claim(text, distinct));
        }
    }

    /** Says what was looked at, or what can be asked. */
    void remark(String text) {
        statements.add(new Statement.Remark(text));
    }

    void ask(String label, String question) {
        actions.add(new SuggestedAction(label, "ask", question));
    }

    void find(String label, String text) {
        if (!text.isBlank()) {
            actions.add(new SuggestedAction(label, "find", text));
        }
    }

    void command(String label, String verb) {
        actions.add(new SuggestedAction(label, "command", verb));
    }

    Answer finished() {
        for (RunState live : going) {
            knowledge
                    .evidence()
                    .at(live.key(), live.reportedBy(), "latest event", _ -> true)
                    .ifPresent(proof ->
                            statements.add(
                                    new Statement.Claim(
                                            "Partial: the run is still going; this rests on the"
                                                    + " events up to "
                                                    + Say.time(proof.event().timestamp())
                                                    + ".",
                                            List.of(proof.citation()))));
        }
        if (unproven > 0) {
            remark(
                    "%s left out: the events that prove them are no longer kept."
                            .formatted(
                                    unproven == 1
                                            ? "1 statement was"
                                            : Say.number(unproven) + " statements were"));
        }
        return new Answer(statements, actions, !going.isEmpty(), run, task, taskWasMeant);
    }
}
