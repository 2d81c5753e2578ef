package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * A witness beside the database: the newest position that was acknowledged.
 *
 * <p>RocksDB takes a damaged end of its write-ahead log for a write that a crash cut short, and
 * goes on without it. This file knows better. It is written after each append and never forced, so
 * what it says is true but may be late. Used by the writer whose turn it is.
 */
final class Acknowledged implements AutoCloseable {

    /** Its name in the log's directory. */
    static final String FILE = "ACKNOWLEDGED";

    private static final int BYTES = 16;

    private final RandomAccessFile file;
    private final ListedFiles listed;

    private Acknowledged(RandomAccessFile file, ListedFiles listed) {
        this.file = file;
        this.listed = listed;
    }

    static Acknowledged open(Path directory) {
        Path path = directory.resolve(FILE);
        try {
            return new Acknowledged(
                    new RandomAccessFile(path.toFile(), "rw"), new ListedFiles(directory));
        } catch (IOException e) {
            throw new EventLogException(
                    "The file %s cannot be written (%s). Let the gateway's user write there."
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    /** Empty when the file is new, damaged, or of another life of the log. */
    OptionalLong read(String epoch) {
        byte[] bytes = new byte[BYTES];
        try {
            file.seek(0);
            if (file.read(bytes) == BYTES) {
                ByteBuffer in = ByteBuffer.wrap(bytes);
                long position = in.getLong();
                return in.getLong() == checksum(epoch, position)
                        ? OptionalLong.of(position)
                        : OptionalLong.empty();
            }
        } catch (IOException e) {
            return OptionalLong.empty(); // as good as damaged
        }
        return OptionalLong.empty();
    }

    void write(String epoch, long position) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putLong(position).putLong(checksum(epoch, position));
        try {
            file.seek(0);
            file.write(out.array());
        } catch (IOException e) {
            return; // the entries are safe: a witness that is late is no failure
        }
        listed.note();
    }

    private static long checksum(String epoch, long position) {
        CRC32C checksum = new CRC32C();
        checksum.update(epoch.getBytes(UTF_8));
        checksum.update(ByteBuffer.allocate(8).putLong(0, position));
        return checksum.getValue();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            return; // nothing is buffered
        }
    }
}
