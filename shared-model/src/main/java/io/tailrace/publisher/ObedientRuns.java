package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Obeys commands for the runs that this process has started and not ended. Thread-safe. */
final class ObedientRuns implements CommandHandler {

    private final Map<String, RunControl> live = new ConcurrentHashMap<>();
    private volatile @Nullable RetryHandler retry;

    /** A run has begun. */
    RunControl begin(String run) {
        return live.computeIfAbsent(run, _ -> new RunControl());
    }

    /** A run has ended. */
    void end(String run) {
        RunControl ended = live.remove(run);
        if (ended != null) {
            ended.end();
        }
    }

    ObedientRuns retrying(@Nullable RetryHandler handler) {
        retry = handler;
        return this;
    }

    @Override
    public void handle(ReceivedCommand command) {
        RunControl run = live.get(command.run());
        if (run != null) {
            run.take(command);
            return;
        }
        switch (command.verb()) {
            case RETRY -> retry(command);
            case CANCEL, PAUSE, RESUME -> command.leave(); // perhaps it is another process's
        }
    }

    private void retry(ReceivedCommand command) {
        RetryHandler handler = retry;
        if (handler == null) {
            command.leave();
            return;
        }
        command.accept("The run starts again.");
        Thread.ofVirtual()
                .name("tailrace-retry")
                .start(() -> {
                    try {
                        handler.retry(command.run());
                        command.done("The run was started again.");
                    } catch (RuntimeException e) {
                        command.refuse("The run could not be repeated: " + Scope.sentence(e));
                    }
                });
    }
}
