package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * All stretches of a store at one moment, whose memory stays until it is closed, whatever the
 * writer does meanwhile. Any one thread.
 */
final class RetainedRow implements AutoCloseable {

    private final List<SearchPart> parts;

    private RetainedRow(List<SearchPart> parts) {
        this.parts = parts;
    }

    /** The lines of a range, ascending. */
    static RetainedRow of(LogStore store, KeyRange range) {
        RetainedRow row = tried(store.stretches(), range);
        while (row == null) { // the row was exchanged and memory given back: take the new one
            row = tried(store.stretches(), range);
        }
        return row;
    }

    private static @Nullable RetainedRow tried(List<Stretch> row, KeyRange range) {
        List<SearchPart> parts = new ArrayList<>();
        for (Stretch stretch : row) {
            int to = stretch.to();
            SegmentBody body = stretch.segment().retained();
            if (body == null) {
                parts.forEach(part -> part.body().release());
                return null;
            }
            SearchPart part = SearchPart.of(stretch, body, to, range);
            if (part.to() > part.from()) {
                parts.add(part);
            } else {
                body.release();
            }
        }
        return new RetainedRow(parts);
    }

    /** What there is to read. */
    List<SearchPart> parts() {
        return parts;
    }

    @Override
    public void close() {
        parts.forEach(part -> part.body().release());
    }
}
