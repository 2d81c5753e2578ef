package io.tailrace.desktop.logs;

import java.util.List;
import java.util.stream.LongStream;

/** Looks into a log model from outside of its package. */
public final class ShownLines {

    private ShownLines() {}

    /** The first line of each entry that is held. */
    public static List<String> of(LogsModel model) {
        LogStore store = model.store();
        return LongStream.range(store.first(), store.size())
                .mapToObj(line -> LogLine.read(store, line).row())
                .toList();
    }
}
