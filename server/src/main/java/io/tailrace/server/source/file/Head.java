package io.tailrace.server.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/**
 * The first bytes of a file, by which it is known again under another name or packed.
 *
 * @param length how many bytes
 * @param checksum of them
 */
record Head(int length, long checksum) {

    /** So many bytes tell one log from another: their first line has a time. */
    static final int MOST = 256;

    static final Head NONE = new Head(0, 0);

    /** The head of a file as it is now. */
    static Head of(Path path, int most) throws IOException {
        try (InputStream in = open(path)) {
            return of(ByteBuffer.wrap(in.readNBytes(most)));
        }
    }

    /** Whether that file begins with these bytes. */
    boolean begins(Path path) throws IOException {
        return length > 0 && equals(of(path, length));
    }

    /** Whether that file begins with these bytes. */
    boolean begins(FileChannel file) throws IOException {
        return equals(of(file, length));
    }

    /** The head of an open file. */
    static Head of(FileChannel file, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
            // a file that is shorter ends it
        }
        return of(bytes.flip());
    }

    private static Head of(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.duplicate());
        return new Head(bytes.remaining(), sum.getValue());
    }

    /** Whether it is long enough to tell one file from another. */
    boolean telling() {
        return length == MOST;
    }

    /** The content, also of a packed file. */
    static InputStream open(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        if (!packed(path)) {
            return in;
        }
        try {
            return new GZIPInputStream(in, 64 * 1024);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    static boolean packed(Path path) {
        return path.toString().endsWith(".gz");
    }
}
