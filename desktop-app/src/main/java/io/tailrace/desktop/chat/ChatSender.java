package io.tailrace.desktop.chat;

/** Brings a question to the gateway. */
@FunctionalInterface
public interface ChatSender {

    /**
     * Blocks until the gateway has taken the question; called on a virtual thread.
     *
     * @throws RuntimeException with a sentence for people as its message
     */
    void send(ChatAsk ask);
}
