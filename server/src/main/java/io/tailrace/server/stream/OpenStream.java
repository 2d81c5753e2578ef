package io.tailrace.server.stream;

import java.time.Duration;

/** Something that is being sent to a reader: a stream, or a page that waits. Thread-safe. */
interface OpenStream {

    /** Somebody who may not read any more what is being written to him is not waited for. */
    Duration LAST_WRITE = Duration.ofMillis(500);

    /** The session. */
    String id();

    /** What is known of it. */
    SessionInfo info();

    /** Ends it after what is being written, with a word of farewell. */
    void stop();

    /** Makes it write something now: the only way to find out that a reader went away. */
    void probe();

    /** Makes it look at the grants of its caller when they have changed, and end when he must. */
    void recheck();

    /** Watchdog: ends a write that takes too long. */
    void checkWrite(Duration limit);
}
