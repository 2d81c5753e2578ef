package io.tailrace.desktop.logs;

/**
 * Where a line is; good until the store changes. Writer.
 *
 * @param segment has it
 * @param index which of the segment's lines it is
 */
record LinePlace(LogSegment segment, int index) {

    /** The line's bytes, fields included. */
    byte[] content() {
        int start = segment.start(index);
        byte[] content = new byte[segment.end(index) - start];
        segment.copy(start, content, 0, content.length);
        return content;
    }

    LineContext context() {
        return segment.context(index);
    }

    long time() {
        return segment.time(index);
    }
}
