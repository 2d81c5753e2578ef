package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of batches that wait for the gateway. Used by one thread.
 *
 * <p>A head of 24 bytes: a magic number, up to where the batches are acknowledged, and up to where
 * they were sent together. Then for each batch its length, its checksum, and in that its key, how
 * many events it has, and the events, one a line. A batch without a key was never sent: such ones
 * are sent together, under a key made of the place of the first; how many is noted before, so that
 * a later process repeats exactly that request.
 */
final class Segment implements AutoCloseable {

    static final int HEAD = 24;
    private static final long MAGIC = 0x7461_696c_7370_6c31L; // "tailspl1"
    private static final int FRAME = 8;
    private static final int LARGEST = 64 * 1024 * 1024;

    private final Path file;
    private final String name;
    private final RandomAccessFile data;
    private long size;
    private long done; // everything before is acknowledged
    private long tried; // everything before was sent under the key of the place of done
    private long waiting; // events behind done
    private long damaged; // events that were cut off

    /** What lies at a place. */
    private record Stored(String key, int events, byte[] body, long end) {}

    /** Several batches as one request. */
    record Group(Batch batch, long end) {}

    private Segment(Path file, String name, RandomAccessFile data) {
        this.file = file;
        this.name = name;
        this.data = data;
    }

    /**
     * A new, empty one.
     *
     * @param name begins the keys of its batches; nothing else in the world has it
     */
    static Segment create(Path file, String name) throws IOException {
        OwnerOnly.createFile(file);
        Segment segment = new Segment(file, name, new RandomAccessFile(file.toFile(), "rw"));
        segment.data.write(ByteBuffer.allocate(HEAD).putLong(MAGIC).putLong(HEAD).array());
        segment.size = HEAD;
        segment.done = HEAD;
        return segment;
    }

    /**
     * One that another process left behind; what lies behind a damaged place is cut off and {@link
     * #damaged counted}.
     *
     * @throws IOException also when it is no segment
     */
    static Segment open(Path file, String name) throws IOException {
        Segment segment = new Segment(file, name, new RandomAccessFile(file.toFile(), "rw"));
        try {
            segment.scan();
            return segment;
        } catch (IOException e) {
            segment.close();
            throw e;
        }
    }

    private void scan() throws IOException {
        byte[] head = new byte[HEAD];
        data.readFully(head);
        ByteBuffer fields = ByteBuffer.wrap(head);
        boolean ours = fields.getLong() == MAGIC;
        done = fields.getLong();
        tried = fields.getLong();
        long length = data.length();
        if (!ours || done < HEAD || done > length) {
            throw new IOException("it was not written by a publisher");
        }
        size = done;
        Stored next = length == done ? null : read(size, length);
        while (next != null) {
            size = next.end();
            waiting += next.events();
            next = read(size, length);
        }
        tried = Math.min(tried, size);
        damaged = SegmentDamage.events(data, size, length);
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    /** How many events are not acknowledged. */
    long waiting() {
        return waiting;
    }

    /** How many events were lost with what was cut off, as far as that can be seen. */
    long damaged() {
        return damaged;
    }

    boolean empty() {
        return done == size;
    }

    /** How many bytes a batch takes. */
    static long taking(Batch batch) {
        long bytes = FRAME + 6L + batch.key().length();
        for (byte[] event : batch.events()) {
            bytes += event.length + 1;
        }
        return bytes;
    }

    /**
     * Adds a batch at the end.
     *
     * @param sent whether it was sent under its key, perhaps with success
     * @throws IOException when it was not added; then the file is as it was
     */
    void append(Batch batch, boolean sent) throws IOException {
        byte[] key = (sent ? batch.key() : "").getBytes(StandardCharsets.UTF_8);
        byte[] body = batch.body();
        int length = 2 + key.length + 4 + body.length;
        ByteBuffer record = ByteBuffer.allocate(FRAME + length);
        record.putInt(length).putInt(0).putShort((short) key.length).put(key);
        record.putInt(batch.events().size()).put(body);
        record.putInt(4, checksum(record.array(), FRAME, length));
        try {
            data.seek(size);
            data.write(record.array());
        } catch (IOException e) {
            data.setLength(size);
            throw e;
        }
        size += record.capacity();
        waiting += batch.events().size();
    }

    /**
     * What has to be sent next; null when all is acknowledged.
     *
     * @param events the most in one request
     * @param bytes the most in one request; a single larger batch is sent alone
     * @throws IOException when it cannot be read
     */
    @Nullable Group next(int events, int bytes) throws IOException {
        if (empty()) {
            return null;
        }
        Stored first = stored(done);
        if (!first.key().isEmpty()) {
            return new Group(Batch.of(first.key(), first.body()), first.end());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(first.body().length);
        Stored last = first;
        long until = tried > done ? tried : size;
        int count = 0;
        while (true) {
            body.writeBytes(last.body());
            count += last.events();
            if (last.end() >= until) {
                break;
            }
            Stored next = stored(last.end());
            boolean fits =
                    count + next.events() <= events && body.size() + next.body().length <= bytes;
            if (!next.key().isEmpty() || (tried <= done && !fits)) {
                break;
            }
            last = next;
        }
        note(16, last.end());
        tried = last.end();
        return new Group(Batch.of(name + "-" + done, body.toByteArray()), last.end());
    }

    /** Those are acknowledged, or given up. */
    void done(Group group) throws IOException {
        done = group.end();
        waiting -= group.batch().events().size();
        note(8, done);
    }

    private void note(int place, long value) throws IOException {
        data.seek(place);
        data.writeLong(value);
    }

    private Stored stored(long at) throws IOException {
        Stored stored = read(at, size);
        if (stored == null) {
            throw new IOException("its checksum does not fit at byte " + at);
        }
        return stored;
    }

    /** The batch at a place; null when there is none, or a damaged one. */
    private @Nullable Stored read(long at, long end) throws IOException {
        if (at + FRAME > end) {
            return null;
        }
        data.seek(at);
        int length = data.readInt();
        int checksum = data.readInt();
        if (length < 6 || length > LARGEST || at + FRAME + length > end) {
            return null;
        }
        byte[] bytes = new byte[length];
        data.readFully(bytes);
        ByteBuffer record = ByteBuffer.wrap(bytes);
        int keyed = record.getShort();
        if (checksum(bytes, 0, length) != checksum || keyed < 0 || keyed > length - 6) {
            return null;
        }
        byte[] key = new byte[keyed];
        record.get(key);
        int events = record.getInt();
        byte[] body = new byte[record.remaining()];
        record.get(body);
        String text = new String(key, StandardCharsets.UTF_8);
        return new Stored(text, events, body, at + FRAME + length);
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, offset, length);
        return (int) sum.getValue();
    }

    @Override
    public void close() throws IOException {
        data.close();
    }

    /** Closes it and deletes the file. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }
}
