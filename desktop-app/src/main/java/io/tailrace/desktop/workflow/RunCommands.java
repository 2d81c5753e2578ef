package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;

import java.util.concurrent.Executor;

/**
 * Sends commands to runs: asks before it destroys work, calls the gateway on a virtual thread, and
 * writes down what became of it. FX thread only.
 */
public final class RunCommands {

    private final RunsModel model;
    private final CommandSender sender;
    private final Confirmation confirmation;
    private final Executor fx;

    /**
     * Commands for the runs of a model.
     *
     * @param sender the call to the gateway
     * @param confirmation how to ask before a run is cancelled
     * @param fx brings results back to the FX thread
     */
    public RunCommands(
            RunsModel model, CommandSender sender, Confirmation confirmation, Executor fx) {
        this.model = model;
        this.sender = sender;
        this.confirmation = confirmation;
        this.fx = fx;
    }

    /** Asks the pipeline to change a run; returns at once. */
    public void command(RunKey run, CommandVerb verb) {
        switch (verb) {
            case CANCEL ->
                    confirmation.ask(
                            text("workflow.cancel", run.run(), run.workflow()),
                            text("workflow.cancel.yes"),
                            () -> send(run, verb));
            case PAUSE, RESUME, RETRY -> send(run, verb);
        }
    }

    private void send(RunKey run, CommandVerb verb) {
        if (!model.commandSending(run, verb)) {
            return;
        }
        Thread.ofVirtual()
                .name("command-" + verb.wireName())
                .start(() -> {
                    try {
                        String id = sender.send(run, verb);
                        fx.execute(() -> model.commandSent(run, id));
                    } catch (RuntimeException e) {
                        String reason = String.valueOf(e.getMessage());
                        fx.execute(() -> model.commandFailed(run, reason));
                    }
                });
    }
}
