package io.tailrace.desktop.walk;

/** Publishes lines "name 0", "name 1", … in order, and knows which were acknowledged. */
interface NumberedPublisher extends Runnable {

    String name();

    /** How many of its lines, from the first on, the gateway has acknowledged. */
    long acknowledged();

    /** Begin no further batch; {@link #run} returns when all was acknowledged. */
    void stop();
}
