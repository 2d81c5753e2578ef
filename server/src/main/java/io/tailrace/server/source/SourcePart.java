package io.tailrace.server.source;

import org.jspecify.annotations.Nullable;

/**
 * Up to where a part of a source was read, such as a file or a partition.
 *
 * @param name tells it from the others
 * @param position up to where it was read, in the source's own terms
 * @param end up to where it could be read, or null when nobody knows
 * @param lag how much lies between, in the source's own unit, or null when nobody knows
 */
public record SourcePart(String name, String position, @Nullable String end, @Nullable Long lag) {

    /** Counted from 0, such as bytes. */
    public static SourcePart of(String name, long position, long end) {
        return new SourcePart(
                name, Long.toString(position), Long.toString(end), Math.max(0, end - position));
    }
}
