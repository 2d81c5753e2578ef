package io.tailrace.desktop.logs;

import java.util.List;
import java.util.stream.IntStream;

/** Looks into a log model from outside of its package. */
public final class ShownLines {

    private ShownLines() {}

    /** The first line of each entry that is held. */
    public static List<String> of(LogsModel model) {
        LogStore store = model.store();
        return store.stretches().stream()
                .flatMap(stretch ->
                        IntStream.range(stretch.from(), stretch.to())
                                .filter(i -> stretch.segment().context(i).published())
                                .mapToObj(i -> LogLine.read(store, stretch.segment().key(i)).row()))
                .toList();
    }
}
