package io.tailrace.server.source.file;

import io.tailrace.model.Event;
import io.tailrace.server.ingest.LineIntake;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.SourcePart;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * One file that is read to its end, and on when it grows. It stays open while it grows, so that it
 * is read to its end also when it is renamed or deleted. Confined to the source's thread.
 */
final class FileTail implements Closeable {

    private static final long UNKNOWN = -1;
    private static final long NEVER = -2;
    // So long a stack trace may take to be written.
    private static final Duration SETTLED = Duration.ofMillis(200);

    private final LineIntake.Target target;
    private final LineIntake intake;
    private final Clock clock;
    private final Redactor redactor;
    private final Consumer<Event.Published> events;
    private final Outlet outlet;
    private final String key;
    private Path path;
    private Head head;
    private long read; // bytes of content
    private long grew; // when, in milliseconds of the clock
    private long size = UNKNOWN; // on the disk, as of the last look
    private long exhausted = NEVER; // it was read to its end when it had that size
    private boolean gone;
    private boolean cut;
    private @Nullable InputStream in;
    private @Nullable FileChannel channel; // of a file that is not packed

    /**
     * Begins where it was left.
     *
     * @param redactor masks secrets
     * @param events told of every line
     * @param outlet told what was left out
     */
    FileTail(
            FilePosition at,
            LineIntake.Target target,
            Clock clock,
            Redactor redactor,
            Consumer<Event.Published> events,
            Outlet outlet) {
        this.path = at.path();
        this.key = at.key();
        this.head = at.head();
        this.read = at.offset();
        this.target = target;
        this.redactor = redactor;
        this.clock = clock;
        this.events = events;
        this.outlet = outlet;
        this.grew = clock.millis();
        this.intake = new LineIntake(target, clock, redactor, sink());
    }

    private LineIntake.Sink sink() {
        return new LineIntake.Sink() {
            @Override
            public void event(Event.Published event) {
                events.accept(event);
            }

            @Override
            public void rejected(long number, String reason) {
                outlet.rejected(leftOut(reason));
            }

            @Override
            public void rejected(long number, String reason, byte[] bytes, int from, int length) {
                outlet.rejected(
                        leftOut(reason),
                        Arrays.copyOfRange(bytes, from, from + length),
                        target.address(),
                        target.contentType());
            }
        };
    }

    /** Said in the channel too, where the line would have been. */
    private String leftOut(String reason) {
        String sentence =
                redactor.redact(
                        "A line of %s near byte %d was left out: %s".formatted(path, read, reason));
        events.accept(target.notice(sentence, clock.instant()));
        return sentence;
    }

    String key() {
        return key;
    }

    Path path() {
        return path;
    }

    LineIntake.Target target() {
        return target;
    }

    Head head() {
        return head;
    }

    /** Up to where whole lines were handed over. */
    FilePosition position() {
        return new FilePosition(path, key, read - intake.waiting(), head);
    }

    /** Up to where it was read; nobody knows what a packed one still has. */
    SourcePart part() {
        long offset = position().offset();
        return Head.packed(path) || size < 0
                ? new SourcePart(path.toString(), Long.toString(offset), null, null)
                : SourcePart.of(path.toString(), offset, Math.max(offset, size));
    }

    /**
     * The file was seen, perhaps under another name.
     *
     * @return whether it has another size than when it was seen last
     */
    boolean seen(Path now, long bytes) {
        boolean changed = size != bytes;
        path = now;
        size = bytes;
        gone = false;
        return changed;
    }

    /** It is under no name that is looked for. */
    void gone() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether it is open: then its end can be read whatever its name became. */
    boolean isOpen() {
        return in != null;
    }

    /** Whether it was read to its end when it was seen last. */
    boolean isExhausted() {
        return size == exhausted;
    }

    /** Whether nothing came for a while. */
    boolean quiet(Duration time) {
        return clock.millis() - grew > time.toMillis();
    }

    /** Reads once; false when there is nothing more at this moment. */
    boolean read(byte[] buffer) throws IOException {
        if (in == null && size == exhausted) {
            return false; // a file at rest is not opened again
        }
        int count;
        try {
            InputStream opened = in == null ? open() : in;
            in = opened;
            if (!grown()) {
                return atEnd();
            }
            count = opened.read(buffer);
        } catch (EOFException | ZipException e) {
            close(); // a packed file that is still being written, or was not wanted
            exhausted = size;
            return false;
        }
        if (count <= 0) {
            return atEnd();
        }
        if (head.length() < Head.MOST) {
            FileChannel plain = channel;
            head = plain == null ? Head.of(path, Head.MOST) : Head.of(plain, Head.MOST);
        }
        read += count;
        grew = clock.millis();
        intake.feed(buffer, 0, count);
        return true;
    }

    private boolean atEnd() throws IOException {
        exhausted = size;
        if (quiet(SETTLED)) {
            intake.settle();
            if (channel == null && !gone) {
                close(); // a packed file does not grow
            }
        }
        return false;
    }

    /** Looks first whether what was read is still there: else the rest is of another content. */
    private boolean grown() throws IOException {
        FileChannel plain = channel;
        if (plain == null) {
            return true;
        }
        long size = plain.size();
        cut |= size < read || (size > read && head.length() > 0 && !head.begins(plain));
        return !cut && size > read;
    }

    /** Whether it was cut to nothing, and perhaps written anew. */
    boolean isCut() throws IOException {
        boolean shorter = !Head.packed(path) && size < read;
        return cut || shorter || (head.length() > 0 && !head.begins(path));
    }

    private InputStream open() throws IOException {
        channel = Head.packed(path) ? null : FileChannel.open(path);
        InputStream opened = channel == null ? Head.open(path) : Channels.newInputStream(channel);
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!Rotated.key(path, attributes).equals(key)) {
                throw new NoSuchFileException(path.toString()); // another one took its name
            }
            read -= intake.waiting();
            intake.forget();
            if (channel == null) {
                opened.skipNBytes(read);
            } else {
                channel.position(read);
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** Nothing follows. */
    void end() {
        intake.end();
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
            in = null;
            channel = null;
        }
    }
}
