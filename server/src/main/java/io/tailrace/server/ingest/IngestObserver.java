package io.tailrace.server.ingest;

/** Is told what requests brought. Any thread; must not block or throw. */
@FunctionalInterface
public interface IngestObserver {

    /** A request ended. */
    void ingested(long accepted, long rejected);
}
