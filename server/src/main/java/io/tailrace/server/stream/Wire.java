package io.tailrace.server.stream;

import java.io.IOException;

/** Where the body of a stream goes. One thread at a time writes. */
interface Wire {

    /** Writes the first bytes of this array and keeps none back. */
    void write(byte[] body, int length) throws IOException;

    /** The end that a reader recognises as one. */
    void finish() throws IOException;
}
