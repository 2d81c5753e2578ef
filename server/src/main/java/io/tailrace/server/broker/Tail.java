package io.tailrace.server.broker;

import io.tailrace.model.Channel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest frames, encoded once and shared by all readers that keep up.
 *
 * <p>A ring with a slot per position. Only the writer changes it; readers check that a slot still
 * holds the position they want, and go to the log when it does not.
 */
final class Tail {

    private static final int SLOTS = 1 << 17;
    // What a frame costs beside the JSON in it: what is around that, objects, references.
    private static final int OVERHEAD = 160;

    private final AtomicReferenceArray<@Nullable Frame> ring = new AtomicReferenceArray<>(SLOTS);
    private final long maxBytes;

    // Owned by the writer thread.
    private long bytes;
    private long oldest = 1;
    private long next = 1;

    Tail(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds the next frame; positions come without holes once the first is known. */
    void add(Frame frame) {
        if (frame.position() != next) {
            clear();
            oldest = frame.position();
        }
        next = frame.position() + 1;
        bytes += cost(frame);
        while (oldest < frame.position() && (bytes > maxBytes || next - oldest > SLOTS)) {
            drop(oldest++);
        }
        ring.set(slot(frame.position()), frame);
    }

    private void clear() {
        while (oldest < next) {
            drop(oldest++);
        }
    }

    private void drop(long position) {
        Frame gone = ring.getAndSet(slot(position), null);
        bytes -= gone == null ? 0 : cost(gone);
    }

    /**
     * Frames of some channels, in order.
     *
     * @return what lies after one position up to another, within {@code maxBytes} but at least one
     *     frame; null when the tail does not reach back that far
     */
    @Nullable Batch read(Set<Channel> channels, long after, long upTo, int maxBytes) {
        List<Frame> frames = new ArrayList<>();
        int size = 0;
        for (long position = after + 1; position <= upTo; position++) {
            Frame frame = get(position);
            if (frame == null) {
                return frames.isEmpty() ? null : new Batch(frames, List.of(), position - 1, size);
            }
            if (channels.contains(frame.channel())) {
                if (size + frame.bytes().length > maxBytes && !frames.isEmpty()) {
                    return new Batch(frames, List.of(), position - 1, size);
                }
                frames.add(frame);
                size += frame.bytes().length;
            }
        }
        return new Batch(frames, List.of(), upTo, size);
    }

    /** Whether everything behind that position, up to the newest, is here at this moment. */
    boolean reaches(long after) {
        return get(after + 1) != null;
    }

    /** The frame at that position, if it is still here. */
    @Nullable Frame get(long position) {
        Frame frame = ring.get(slot(position));
        return frame != null && frame.position() == position ? frame : null;
    }

    private static int slot(long position) {
        return (int) (position & (SLOTS - 1));
    }

    private static int cost(Frame frame) {
        return frame.weight() + OVERHEAD;
    }
}
