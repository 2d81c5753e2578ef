package io.tailrace.desktop.shell;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;

import java.util.Set;

/**
 * What the header says of the chosen run.
 *
 * @param run which run: the breadcrumb
 * @param when when it began, in short: shown in place of the run's id
 * @param state where it stands, in words: {@code running 63 %}
 * @param tone the style class of the state's colour
 * @param eta when it will be done, such as {@code eta 02:24}; empty when nobody knows
 * @param late how much later than usual, such as {@code +6 m}; empty when it is not
 * @param commands what makes sense to ask of it now
 * @param blocked why nothing can be asked of it now, a sentence; empty when it can
 */
public record Headline(
        RunKey run,
        String when,
        String state,
        String tone,
        String eta,
        String late,
        Set<CommandVerb> commands,
        String blocked) {

    /** Copies the set. */
    public Headline {
        commands = Set.copyOf(commands);
    }
}
