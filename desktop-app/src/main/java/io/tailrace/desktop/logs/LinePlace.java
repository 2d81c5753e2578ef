package io.tailrace.desktop.logs;

/**
 * Where a line is; good until the store changes. Writer.
 *
 * @param segment has it
 * @param index which of the segment's lines it is
 */
record LinePlace(LogSegment segment, int index) {

    LineContext context() {
        return segment.context(index);
    }

    long time() {
        return segment.time(index);
    }
}
