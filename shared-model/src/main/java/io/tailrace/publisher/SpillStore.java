package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The batches of a publisher that lie on disk, in order: first what dead publishers left in the
 * same folder, then its own. Nothing it does fails: what the disk refuses stays in memory, what it
 * does not give back is given up, and either is said once. Used by the sender's thread only.
 */
final class SpillStore implements AutoCloseable {

    private static final long SMALLEST_SEGMENT = 64 * 1024;
    private static final long LARGEST_SEGMENT = 64L * 1024 * 1024;
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final Spill spill;
    private final PublisherSettings settings;
    private final Consumer<String> warn;
    private final LongConsumer lost;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final List<SpillDrawer> drawers = new ArrayList<>();
    private @Nullable SpillDrawer own;
    private @Nullable Segment writing; // the last of the segments, or null
    private Segment.@Nullable Group current;
    private int number;
    private long others; // bytes of other publishers in the folder, as of the newest segment
    private long refusedAt; // nanoTime; 0 while the disk takes what it gets
    private boolean warnedOfWriting;
    private boolean warnedOfReading;
    private long cut; // events that dead publishers left damaged

    /**
     * Nothing is touched yet.
     *
     * @param warn told once of each kind of trouble
     * @param lost told how many events cannot be read again
     */
    SpillStore(Spill spill, PublisherSettings settings, Consumer<String> warn, LongConsumer lost) {
        this.spill = spill;
        this.settings = settings;
        this.warn = warn;
        this.lost = lost;
    }

    /** Takes over what dead publishers left; how many events that are, lost ones among them. */
    long adopt() {
        if (!Files.isDirectory(spill.folder())) {
            return 0;
        }
        try (Stream<Path> files = Files.list(spill.folder())) {
            files.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(SpillStore::age))
                    .forEach(this::adopt);
        } catch (IOException | RuntimeException e) {
            unreadable(spill.folder(), e);
        }
        return waiting() + cut;
    }

    private static FileTime age(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private void adopt(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.noneMatch(file -> file.toString().endsWith(".spill"))) {
                return; // nothing to send, or somebody who has just begun
            }
        } catch (IOException e) {
            unreadable(folder, e);
            return;
        }
        try {
            SpillDrawer.take(folder).ifPresent(this::open);
        } catch (IOException e) {
            unreadable(folder, e);
        }
    }

    private void open(SpillDrawer drawer) {
        drawers.add(drawer);
        try {
            for (int each : drawer.segments()) {
                open(drawer, each);
            }
        } catch (IOException e) {
            unreadable(drawer.segment(0), e);
        }
    }

    private void open(SpillDrawer drawer, int each) {
        Path file = drawer.segment(each);
        try {
            Segment segment = Segment.open(file, drawer.name() + "-" + each);
            damaged(file, segment.damaged());
            if (segment.empty()) {
                segment.delete();
            } else {
                segments.addLast(segment);
            }
        } catch (IOException e) {
            unreadable(file, e);
        }
    }

    private void damaged(Path file, long events) {
        if (events == 0) {
            return;
        }
        cut += events;
        lost.accept(events);
        if (!warnedOfReading) {
            warnedOfReading = true;
            warn.accept(
                    "The end of %s is damaged: %d events cannot be read and are not sent. Either its process was killed while it wrote, or look at the disk."
                            .formatted(file, events));
        }
    }

    private void unreadable(Path file, Exception e) {
        if (!warnedOfReading) {
            warnedOfReading = true;
            warn.accept(
                    "What was kept in %s cannot be read (%s) and is not sent: look at it or delete it."
                            .formatted(file, Scope.sentence(e)));
        }
    }

    boolean empty() {
        return segments.isEmpty();
    }

    private long waiting() {
        return segments.stream().mapToLong(Segment::waiting).sum();
    }

    private long bytes() {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    /**
     * Puts a batch behind all others.
     *
     * @param sent whether it was sent already
     * @return false when there is no room, or the disk does not take it
     */
    boolean append(Batch batch, boolean sent) {
        if (refusedAt != 0 && System.nanoTime() - refusedAt < RETRY_NANOS) {
            return false;
        }
        try {
            Segment segment = roomFor(Segment.taking(batch));
            if (segment == null) {
                return false;
            }
            segment.append(batch, sent);
            refusedAt = 0;
            return true;
        } catch (IOException | RuntimeException e) {
            refusedAt = System.nanoTime() | 1;
            if (!warnedOfWriting) {
                warnedOfWriting = true;
                warn.accept(
                        "The spill folder %s cannot be written (%s): events wait in memory, and are dropped when that is full."
                                .formatted(spill.folder(), Scope.sentence(e)));
            }
            return false;
        }
    }

    private @Nullable Segment roomFor(long bytes) throws IOException {
        Segment last = writing;
        long now = bytes();
        if (last != null && last.size() + bytes <= largest()) {
            return others + now + bytes <= spill.maxBytes() ? last : null;
        }
        others = Math.max(0, inFolder() - now);
        if (others + now + Segment.HEAD + bytes > spill.maxBytes()) {
            return null;
        }
        SpillDrawer drawer = drawer();
        number++;
        Segment next = Segment.create(drawer.segment(number), drawer.name() + "-" + number);
        segments.addLast(next);
        writing = next;
        return next;
    }

    private long largest() {
        return Math.clamp(spill.maxBytes() / 16, SMALLEST_SEGMENT, LARGEST_SEGMENT);
    }

    private SpillDrawer drawer() throws IOException {
        if (own == null) {
            if (!Files.isDirectory(spill.folder())) {
                OwnerOnly.createFolders(spill.folder());
            }
            Path folder = spill.folder().resolve(settings.publisherId());
            own =
                    SpillDrawer.take(folder)
                            .orElseThrow(
                                    () -> new IOException("another publisher has the same id"));
            drawers.add(own);
        }
        return own;
    }

    private long inFolder() throws IOException {
        if (!Files.isDirectory(spill.folder())) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(spill.folder(), 2)) {
            return files.mapToLong(file -> file.toFile().length())
                    .filter(length -> length > 0)
                    .sum();
        }
    }

    /** What has to be sent next, the same until it is done; null when there is nothing. */
    @Nullable Batch next() {
        while (current == null && !segments.isEmpty()) {
            Segment first = segments.getFirst();
            try {
                current = first.next(settings.batchEvents(), settings.batchBytes());
                if (current == null) {
                    remove(first);
                }
            } catch (IOException e) {
                unreadable(first.file(), e);
                lost.accept(first.waiting());
                remove(first);
            }
        }
        return current == null ? null : current.batch();
    }

    /** What had to be sent next is settled. */
    void done() {
        Segment.Group group = current;
        if (group == null) {
            return;
        }
        current = null;
        Segment first = segments.getFirst();
        try {
            first.done(group);
            if (first.empty()) {
                remove(first);
            }
        } catch (IOException e) {
            unreadable(first.file(), e); // it will come again, under the same key
            lost.accept(first.waiting());
            remove(first);
        }
    }

    private void remove(Segment segment) {
        segments.remove(segment);
        if (segment.equals(writing)) {
            writing = null;
        }
        try {
            segment.delete();
        } catch (IOException e) {
            unreadable(segment.file(), e);
        }
    }

    /** Closes the files; what they hold is for the next publisher. */
    @Override
    public void close() {
        try {
            for (Segment segment : segments) {
                segment.close();
            }
            for (SpillDrawer drawer : drawers) {
                drawer.close();
            }
        } catch (IOException e) {
            unreadable(spill.folder(), e);
        }
    }
}
