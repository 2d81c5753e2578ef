package io.tailrace.server.broker;

import java.util.List;

/**
 * What a reader gets next.
 *
 * @param frames entries in order of position
 * @param missing what it will not get any more: to be told before the frames
 * @param position everything of the subscription up to here was handed out
 * @param bytes the size of all frames
 */
public record Batch(List<Frame> frames, List<Missing> missing, long position, int bytes) {

    /** Nothing, up to a position. */
    static Batch none(long position) {
        return new Batch(List.of(), List.of(), position, 0);
    }

    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
        return frames.isEmpty() && missing.isEmpty();
    }
}
