package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.JsonNode;

import io.tailrace.desktop.text.Texts;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Packs full segments, writes them to files where there is a folder for them, and makes one of many
 * small ones, all on a thread of its own. What is done waits until the store's writer collects it.
 */
final class SegmentKeeper {

    private static final int FEW = 8;
    private static final long CLOSING_SECONDS = 60;

    private final StoreLimits limits;
    private final @Nullable SegmentFolder folder;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("logs-keeper").daemon().factory());
    private final Queue<Consumer<LogStore>> done = new ConcurrentLinkedQueue<>();
    private volatile String problem = "";

    // The writer's.
    private List<String> lives = List.of();
    private @Nullable LineKey keys;
    private int waiting;
    private boolean tidying;
    private final Deque<LogSegment> unwritten = new ArrayDeque<>(); // to be tried again

    private SegmentKeeper(StoreLimits limits, @Nullable SegmentFolder folder) {
        this.limits = limits;
        this.folder = folder;
    }

    /** Keeps segments in memory. */
    static SegmentKeeper inMemory(StoreLimits limits) {
        return new SegmentKeeper(limits, null);
    }

    /** Keeps segments in files of a folder, for this console and the next. */
    static SegmentKeeper inFolder(StoreLimits limits, Path path) {
        SegmentFolder folder = null;
        String problem = "";
        try {
            folder = SegmentFolder.open(path);
        } catch (IOException | UncheckedIOException e) {
            problem = Texts.text("logs.keep.memory", LogsWords.reason(e));
        }
        SegmentKeeper keeper = new SegmentKeeper(limits, folder);
        keeper.problem = problem;
        return keeper;
    }

    /** The segments of an earlier console, and the lives of the log that it knew. */
    List<LogSegment> restore(LineKey keys) {
        this.keys = keys;
        return folder == null ? List.of() : folder.restore(keys);
    }

    /** What an earlier console noted; null when it did not. */
    @Nullable JsonNode note() {
        return folder == null ? null : folder.note();
    }

    /** Notes something for the next console. */
    void note(JsonNode note) {
        if (folder != null) {
            folder.note(note);
        }
    }

    /** Packs a segment that is full. Writer. */
    void pack(LogSegment segment) {
        lives = keys == null ? List.of() : keys.lives();
        List<String> known = lives;
        SegmentBody body = worker.isShutdown() ? null : segment.retained();
        if (body == null) {
            return;
        }
        waiting++;
        worker.execute(() -> {
            SegmentBody packed = null;
            try {
                packed = packed(segment, body, known);
            } catch (RuntimeException | OutOfMemoryError e) {
                problem = Texts.text("logs.keep.packed", LogsWords.reason(e));
            } finally {
                body.release();
            }
            SegmentBody result = packed;
            done.add(store -> take(segment, result));
        });
    }

    private SegmentBody packed(LogSegment segment, SegmentBody body, List<String> known) {
        SegmentPacking.Packed packed = SegmentPacking.pack(body, segment.lines());
        if (folder != null) {
            try {
                SegmentFile.Meta meta =
                        new SegmentFile.Meta(known, Arrays.asList(segment.contexts()));
                SegmentBody mapped = SegmentFile.write(folder.next(), packed, meta);
                packed.arena().close();
                problem = "";
                return mapped;
            } catch (IOException e) {
                problem = Texts.text("logs.keep.disk", LogsWords.reason(e));
            }
        }
        return packed.body();
    }

    private void take(LogSegment segment, @Nullable SegmentBody packed) {
        waiting--;
        if (segment.unused()) { // left meanwhile
            if (packed != null) {
                packed.discard();
            }
        } else if (packed == null) {
            later(segment);
        } else {
            segment.exchange(packed);
            if (folder != null && packed.file() == null) {
                later(segment);
            } else {
                again(1); // the disk takes something
            }
        }
    }

    private void later(LogSegment segment) {
        unwritten.removeIf(LogSegment::unused);
        unwritten.add(segment);
    }

    /** Tries to write segments that the disk refused. */
    private void again(int most) {
        unwritten.removeIf(LogSegment::unused);
        for (int i = 0; i < most && !unwritten.isEmpty(); i++) {
            pack(unwritten.removeFirst());
        }
    }

    /** Hands over what is done. Writer. */
    void collect(LogStore store) {
        Consumer<LogStore> next = done.poll();
        while (next != null) {
            next.accept(store);
            next = done.poll();
        }
    }

    /** Whether memory will be given back soon. Writer. */
    boolean writing() {
        return folder != null && waiting > 0 && problem.isEmpty();
    }

    /** Makes one segment of neighbouring small stretches, when there are many. Writer. */
    void tidy(Stretch[] row) {
        List<Stretch> group = tidying ? List.of() : smallNeighbours(row);
        if (group.isEmpty() || worker.isShutdown()) {
            return;
        }
        List<SegmentBody> bodies = new ArrayList<>();
        for (Stretch stretch : group) {
            SegmentBody body = stretch.segment().retained();
            if (body == null) {
                bodies.forEach(SegmentBody::release);
                return;
            }
            bodies.add(body);
        }
        tidying = true;
        worker.execute(() -> {
            LogSegment whole = null;
            try {
                whole = LineIntake.joined(group, bodies);
            } catch (RuntimeException | OutOfMemoryError e) {
                problem = Texts.text("logs.keep.joined", LogsWords.reason(e));
            } finally {
                bodies.forEach(SegmentBody::release);
            }
            LogSegment result = whole;
            done.add(store -> {
                tidying = false;
                if (result != null && worker.isShutdown()) {
                    result.leave(); // it would get no file any more, and the pieces have theirs
                } else if (result != null) {
                    store.tidied(group, result);
                }
            });
        });
    }

    private List<Stretch> smallNeighbours(Stretch[] row) {
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < row.length; i++) {
            long more = row[i].limit() < 0 ? Long.MAX_VALUE / 2 : row[i].bytes();
            if (bytes + more > limits.segment()) {
                if (i - from >= FEW) {
                    return List.of(Arrays.copyOfRange(row, from, i));
                }
                from = more > limits.segment() ? i + 1 : i;
                bytes = more > limits.segment() ? 0 : more;
            } else {
                bytes += more;
            }
        }
        return row.length - from >= FEW
                ? List.of(Arrays.copyOfRange(row, from, row.length))
                : List.of();
    }

    /** What goes wrong, in a sentence; empty when nothing does. */
    String problem() {
        return problem;
    }

    /** What remains to be done when a store is left. */
    @FunctionalInterface
    interface Ending {

        /**
         * Writes, and gives all memory back; any thread.
         *
         * @param whole called when each line is in a file, before another console may come
         */
        void run(Runnable whole);
    }

    /** Packs what is not packed yet, for the next start; afterwards nothing is. Writer. */
    Ending end(LogStore store, Collection<LogSegment> all) {
        if (folder != null && !worker.isShutdown()) {
            again(unwritten.size());
            for (LogSegment segment : all) {
                if (!segment.isFull() && segment.lines() > 0) {
                    segment.fill();
                    pack(segment);
                }
            }
        }
        worker.shutdown();
        return whole -> {
            await();
            collect(store);
            if (folder != null && all.stream().allMatch(s -> s.lines() == 0 || s.disk() > 0)) {
                whole.run();
            }
            all.forEach(LogSegment::leave);
            if (folder != null) {
                folder.close();
            }
        };
    }

    /** A disk that hangs for longer is given up; its memory ends with the process. */
    private void await() {
        try {
            boolean _ = worker.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
