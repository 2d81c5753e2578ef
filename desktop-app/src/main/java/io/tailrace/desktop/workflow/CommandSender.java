package io.tailrace.desktop.workflow;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;

/** Brings a command to the gateway. */
@FunctionalInterface
public interface CommandSender {

    /**
     * Blocks until the gateway keeps the command; called on a virtual thread.
     *
     * @return the command's id
     * @throws RuntimeException with a sentence for people as its message
     */
    String send(RunKey run, CommandVerb verb);
}
