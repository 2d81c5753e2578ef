package io.tailrace.publisher;

import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;

/** A command that somebody gave, and the way to answer it. Thread-safe. */
public final class ReceivedCommand {

    private final Publisher publisher;
    private final Event.Command command;
    private final Header answers;
    private volatile boolean answered;

    ReceivedCommand(Publisher publisher, Channel runs, Event.Command command) {
        this.publisher = publisher;
        this.command = command;
        Subject about = command.subject();
        this.answers = Header.of(runs, command.timestamp(), about);
    }

    /** What is asked. */
    public CommandVerb verb() {
        return command.verb();
    }

    /** Of which run. */
    public String run() {
        return Objects.requireNonNull(command.subject().run());
    }

    /** Why, in the words of whoever gave it. */
    public @Nullable String message() {
        return command.message();
    }

    /** It will be obeyed. */
    public void accept(String message) {
        answer("accepted", message);
    }

    /** It will not be obeyed, and why. */
    public void refuse(String message) {
        answer("refused", message);
    }

    /** It has been obeyed. */
    public void done(String message) {
        answer("done", message);
    }

    /** It is not about what this process does: another one may answer it. */
    public void leave() {
        answered = true;
    }

    boolean answered() {
        return answered;
    }

    private void answer(String state, String message) {
        answered = true;
        Header header = Header.of(answers.channel(), Instant.now(), answers.subject());
        publisher.publish(new Event.Status(header, state, message, command.id()));
    }
}
