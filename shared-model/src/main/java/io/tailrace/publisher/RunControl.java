package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a run, until it comes to a checkpoint and obeys. Commands come on the
 * listener's thread, checkpoints on the pipeline's.
 */
final class RunControl {

    // all below: under this
    private @Nullable ReceivedCommand cancel;
    private @Nullable ReceivedCommand pause;
    private @Nullable ReceivedCommand resume;
    private @Nullable String cancelled;
    private boolean paused;
    private boolean ended;

    /** Accepts or refuses a command that is about this run. */
    synchronized void take(ReceivedCommand command) {
        if (ended) {
            command.refuse("The run has ended.");
            return;
        }
        switch (command.verb()) {
            case CANCEL -> cancel(command);
            case PAUSE -> pause(command);
            case RESUME -> resume(command);
            case RETRY -> command.refuse("The run has not ended.");
        }
        notifyAll();
    }

    private void cancel(ReceivedCommand command) {
        if (cancel != null || cancelled != null) {
            command.refuse("The run is being cancelled already.");
            return;
        }
        command.accept("The run stops at its next checkpoint.");
        cancel = command;
    }

    private void pause(ReceivedCommand command) {
        if (paused || pause != null) {
            command.refuse("The run pauses already.");
            return;
        }
        command.accept("The run pauses at its next checkpoint.");
        pause = command;
    }

    private void resume(ReceivedCommand command) {
        if (paused && resume == null) {
            command.accept("The run goes on.");
            resume = command;
        } else if (pause != null) {
            pause.refuse("It was taken back before the run paused.");
            pause = null;
            command.done("The run goes on.");
        } else {
            command.refuse("The run is not paused.");
        }
    }

    /**
     * Obeys: waits while the run is paused.
     *
     * @throws RunCancelledException when it is cancelled
     */
    synchronized void checkpoint(RunScope run) {
        stopIfCancelled();
        ReceivedCommand asked = pause;
        if (asked != null) {
            pause = null;
            paused = true;
            run.paused(said(asked, "Paused."));
            asked.done("The run is paused.");
        }
        try {
            while (paused && !resumed(run)) {
                wait();
                stopIfCancelled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunCancelledException("The run was interrupted while it was paused.");
        }
    }

    private boolean resumed(RunScope run) {
        ReceivedCommand wanted = resume;
        if (wanted == null) {
            return false;
        }
        resume = null;
        paused = false;
        run.resumed(said(wanted, "Resumed."));
        wanted.done("The run goes on.");
        notifyAll(); // other threads of the run
        return true;
    }

    private void stopIfCancelled() {
        ReceivedCommand asked = cancel;
        if (asked != null) {
            cancel = null;
            cancelled = said(asked, "Cancelled.");
            asked.done("The run stops.");
            notifyAll();
        }
        if (cancelled != null) {
            throw new RunCancelledException(cancelled);
        }
    }

    private static String said(ReceivedCommand command, String otherwise) {
        String message = command.message();
        return message == null || message.isBlank() ? otherwise : message;
    }

    /** Nothing can be obeyed any more. */
    synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        for (ReceivedCommand open : new @Nullable ReceivedCommand[] {cancel, pause, resume}) {
            if (open != null) {
                open.refuse("The run ended before its next checkpoint.");
            }
        }
    }
}
