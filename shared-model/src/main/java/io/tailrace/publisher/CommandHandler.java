package io.tailrace.publisher;

/** Obeys commands for a workflow's runs. */
@FunctionalInterface
public interface CommandHandler {

    /**
     * Accepts or refuses a command, and begins to obey it. Called on the command listener's thread,
     * one command after the other: long work belongs elsewhere. A command that is neither accepted,
     * refused, done nor left to others when this returns or throws is refused for you.
     */
    void handle(ReceivedCommand command);
}
