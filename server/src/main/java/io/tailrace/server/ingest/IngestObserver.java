package io.tailrace.server.ingest;

import java.util.Map;

/** Is told what requests brought. Any thread; must not block or throw. */
@FunctionalInterface
public interface IngestObserver {

    /** A request ended. */
    void ingested(long accepted, Map<Rejection, Long> rejected);
}
