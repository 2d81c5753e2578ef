package io.tailrace.desktop.workflow;

/** Asks before work is destroyed. */
@FunctionalInterface
public interface Confirmation {

    /**
     * Asks, without blocking.
     *
     * @param question what will happen, as a question
     * @param button the word on the button that does it
     * @param confirmed runs on the FX thread when the answer is yes
     */
    void ask(String question, String button, Runnable confirmed);
}
