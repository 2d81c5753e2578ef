package io.tailrace.server.stream;

import java.io.IOException;
import java.io.OutputStream;

/** A body that the server frames: for every protocol but plain HTTP/1.1. */
record OutputWire(OutputStream out) implements Wire {

    @Override
    public void write(byte[] body, int length) throws IOException {
        out.write(body, 0, length);
        out.flush();
    }

    @Override
    public void finish() throws IOException {
        out.close();
    }
}
