package io.tailrace.server.broker;

/** Is told what the broker does; called on the writer thread, must not block or throw. */
public interface BrokerObserver {

    /** Tells nobody. */
    BrokerObserver NONE =
            new BrokerObserver() {
                @Override
                public void appended(int entries, long bytes, long nanos) {}

                @Override
                public void appendFailed(int entries) {}
            };

    /**
     * A group became durable.
     *
     * @param bytes of JSON
     * @param nanos how long the append took
     */
    void appended(int entries, long bytes, long nanos);

    /** A group was refused by the log. */
    void appendFailed(int entries);
}
