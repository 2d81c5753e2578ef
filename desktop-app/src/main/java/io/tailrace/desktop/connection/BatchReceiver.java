package io.tailrace.desktop.connection;

import io.tailrace.client.StreamItem;

/** Takes what the pump hands over, on the FX thread, in batches so that models can coalesce. */
public interface BatchReceiver {

    /** A batch begins. */
    void begin();

    /** The next item of the batch, in the order in which items were received. */
    void accept(StreamItem item);

    /**
     * An item could not be taken: {@link #accept} threw. The batch goes on with the next one.
     *
     * @param cause what was thrown
     */
    void failed(StreamItem item, RuntimeException cause);

    /**
     * The batch is over; called once per pulse, also when nothing was received.
     *
     * @param backlog how many items still wait because the time of this frame was spent
     */
    void end(int backlog);
}
