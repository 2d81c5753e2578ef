package io.tailrace.desktop.workflow;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The latest command of each run and its answers. An answer may arrive before the reply to the
 * request that asked; it is kept until the command is known.
 */
final class CommandLedger {

    private static final int MAX_RUNS = 500;
    private static final int MAX_ANSWERS = 500;

    private final Map<RunKey, CommandState> latest = new Bounded<>(MAX_RUNS);
    private final Map<String, Answer> answers = new Bounded<>(MAX_ANSWERS);

    private record Answer(CommandPhase phase, @Nullable String message) {}

    /** Somebody at this console asks. */
    void sending(RunKey run, CommandVerb verb, Instant at) {
        latest.put(run, new CommandState("", run, verb, CommandPhase.SENDING, null, at));
    }

    /** The gateway keeps the command. */
    void sent(RunKey run, String id) {
        CommandState state = latest.get(run);
        if (state != null && state.phase() == CommandPhase.SENDING) {
            latest.put(run, answered(state.withId(id).with(CommandPhase.PENDING, null)));
        }
    }

    /** The command did not reach the gateway. */
    void failed(RunKey run, String reason) {
        CommandState state = latest.get(run);
        if (state != null && state.phase() == CommandPhase.SENDING) {
            latest.put(run, state.with(CommandPhase.FAILED, reason));
        }
    }

    /** Takes commands, also those of other people, and answers; returns whether it did. */
    boolean apply(Event event) {
        RunKey run = event.subject().runKey();
        if (run == null) {
            return false;
        }
        if (event instanceof Event.Command command) {
            return asked(run, command);
        }
        if (event instanceof Event.Status status && status.command() != null) {
            return answer(run, status.command(), status);
        }
        return false;
    }

    /** The latest command of a run, or null. */
    @Nullable CommandState latest(RunKey run) {
        return latest.get(run);
    }

    private boolean asked(RunKey run, Event.Command command) {
        CommandState known = latest.get(run);
        if (known != null && (known.id().equals(command.id()) || known.id().isEmpty())) {
            return false;
        }
        CommandState state =
                new CommandState(
                        command.id(),
                        run,
                        command.verb(),
                        CommandPhase.PENDING,
                        null,
                        command.timestamp());
        latest.put(run, answered(state));
        return true;
    }

    private boolean answer(RunKey run, String id, Event.Status status) {
        CommandPhase phase = phase(status.state());
        if (phase == null) {
            return false;
        }
        Answer before = answers.get(id);
        if (before != null && before.phase().terminal()) {
            return false;
        }
        answers.put(id, new Answer(phase, status.message()));
        CommandState state = latest.get(run);
        if (state != null && state.id().equals(id)) {
            latest.put(run, answered(state));
        }
        return true;
    }

    private CommandState answered(CommandState state) {
        Answer answer = answers.get(state.id());
        return answer == null ? state : state.with(answer.phase(), answer.message());
    }

    private static @Nullable CommandPhase phase(@Nullable String state) {
        return switch (state == null ? "" : state.toLowerCase(Locale.ROOT)) {
            case "accepted" -> CommandPhase.ACCEPTED;
            case "refused" -> CommandPhase.REFUSED;
            case "done" -> CommandPhase.DONE;
            default -> null;
        };
    }

    /** Forgets what was put first. */
    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private final int max;

        Bounded(int max) {
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > max;
        }
    }
}
