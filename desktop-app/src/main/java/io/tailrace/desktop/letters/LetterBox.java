package io.tailrace.desktop.letters;

import io.tailrace.client.Reply;
import io.tailrace.wire.DeadLetterPage;

/** Where dead letters are. Every call blocks until there is an answer. Thread-safe. */
public interface LetterBox {

    /** Those after an id, oldest first. */
    Reply<DeadLetterPage> page(long after, int limit);

    /** What was sent. */
    Reply<byte[]> body(long id);

    /** Sends it again. */
    Reply<Boolean> redrive(long id);

    /** Deletes it. */
    Reply<Boolean> delete(long id);

    /** Deletes all that we may see. */
    Reply<Long> purge();
}
