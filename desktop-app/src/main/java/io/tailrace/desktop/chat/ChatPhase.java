package io.tailrace.desktop.chat;

/** How far the answer to a question is. */
public enum ChatPhase {
    /** The question is on its way to the gateway. */
    SENDING,
    /** The gateway has the question. */
    WAITING,
    /** Parts of the answer are there. */
    ANSWERING,
    /** The whole answer is there. */
    DONE,
    /** The question did not reach the gateway, or it was refused. */
    FAILED;

    boolean open() {
        return this == SENDING || this == WAITING || this == ANSWERING;
    }
}
