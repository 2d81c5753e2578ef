package io.tailrace.desktop;

import io.tailrace.desktop.shell.Headline;
import io.tailrace.desktop.workflow.RunHeader;
import io.tailrace.model.CommandVerb;

import java.util.EnumSet;
import java.util.Set;

/** What the workflow says of a run, as the window's header shows it. */
final class Headlines {

    private Headlines() {}

    /**
     * The header of a run.
     *
     * @param blocked why nothing can be asked of it now; empty when it can
     */
    static Headline of(RunHeader header, String blocked) {
        Set<CommandVerb> offered = EnumSet.noneOf(CommandVerb.class);
        offer(offered, CommandVerb.PAUSE, header.canPause());
        offer(offered, CommandVerb.RESUME, header.canResume());
        offer(offered, CommandVerb.RETRY, header.canRetry());
        offer(offered, CommandVerb.CANCEL, header.canCancel());
        return new Headline(
                header.key(),
                header.when(),
                header.state(),
                header.tone().styleClass(),
                header.eta(),
                header.late(),
                offered,
                blocked);
    }

    private static void offer(Set<CommandVerb> offered, CommandVerb verb, boolean sensible) {
        if (sensible) {
            offered.add(verb);
        }
    }
}
