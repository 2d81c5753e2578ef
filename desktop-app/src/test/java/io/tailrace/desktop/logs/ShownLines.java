package io.tailrace.desktop.logs;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Looks into a log model from outside of its package. */
public final class ShownLines {

    private ShownLines() {}

    /** The first line of each entry that is held. */
    public static List<String> of(LogsModel model) {
        return rows(model, true);
    }

    /** What the console itself says between them. */
    public static List<String> notices(LogsModel model) {
        return rows(model, false);
    }

    /** Does what a frame does. */
    public static void pulse(LogsModel model) {
        boolean _ = model.pulse();
    }

    /** A model that keeps lines in a folder, in many small files. */
    public static LogsModel kept(Path folder) {
        StoreLimits limits = new StoreLimits(64 << 20, 1 << 30, 1 << 18);
        return new LogsModel(new LogStore(limits, SegmentKeeper.inFolder(limits, folder)));
    }

    /** Bytes in memory that no file stands behind. */
    public static long memory(LogsModel model) {
        return model.store().stretches().stream()
                .map(Stretch::segment)
                .distinct()
                .mapToLong(LogSegment::memory)
                .sum();
    }

    /** Whether full segments are on their way into files. */
    public static boolean writing(LogsModel model) {
        return model.store().keeper().writing();
    }

    /** Whether the newest line that is held is on the screen. */
    public static boolean newestOnScreen(LogsModel model) {
        LineList lines = model.view().lines();
        return lines.count() > 0 && lines.get(lines.size() - 1) == model.store().newest();
    }

    /** Selects the first lines shown and copies them. */
    public static String copy(LogsModel model, int count) {
        LineList lines = model.view().lines();
        long first = lines.first();
        model.screen().select(LineSelection.lines(lines.get(first), lines.get(first + count - 1)));
        return model.screen().copy().orElseThrow();
    }

    private static List<String> rows(LogsModel model, boolean published) {
        LogStore store = model.store();
        return store.stretches().stream()
                .flatMap(stretch ->
                        IntStream.range(stretch.from(), stretch.to())
                                .filter(i -> stretch.segment().context(i).published() == published)
                                .mapToObj(i -> LogLine.read(store, stretch.segment().key(i)).row()))
                .toList();
    }
}
