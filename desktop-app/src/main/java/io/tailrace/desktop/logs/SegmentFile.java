package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A packed segment in a file, to be mapped: the segment, then its contexts as JSON, then {@value
 * #TRAILER} bytes that say where everything is, with a checksum over all but the text.
 *
 * @param path where it is
 * @param size its bytes
 */
record SegmentFile(Path path, long size) {

    /** How file names end. */
    static final String SUFFIX = ".lines";

    private static final long MAGIC = 0x5461696c72616331L; // Tailrac1
    private static final int TRAILER = 80;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What stands beside the lines.
     *
     * @param lives the lives of the log, oldest first
     * @param contexts what the lines share, under their numbers
     */
    record Meta(List<String> lives, List<LineContext> contexts) {}

    /** A file and what was read from it. */
    record Opened(SegmentBody body, Meta meta, int lines) {}

    /**
     * Writes a packed segment and maps it.
     *
     * @throws IOException when it cannot be written; then there is no such file
     */
    static SegmentBody write(Path path, SegmentPacking.Packed packed, Meta meta)
            throws IOException {
        byte[] json = JSON.writeValueAsBytes(ContextJson.tree(meta));
        SegmentPacking layout = packed.layout();
        Path fresh = path.resolveSibling(path.getFileName() + SegmentFolder.FRESH);
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            fresh,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                all(channel, packed.memory().asSlice(0, layout.size()).asByteBuffer());
                all(channel, ByteBuffer.wrap(json));
                all(channel, trailer(layout, packed.memory(), json));
            }
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
            return map(path, layout);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    private static void all(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int _ = channel.write(bytes);
        }
    }

    private static ByteBuffer trailer(SegmentPacking at, MemorySegment memory, byte[] json) {
        MemorySegment trailer = MemorySegment.ofArray(new byte[TRAILER]);
        long[] values = {
            MAGIC,
            at.lines(),
            at.text(),
            at.keys(),
            at.times(),
            at.ends(),
            at.ids(),
            at.size(),
            json.length,
            sum(memory, at, json)
        };
        for (int i = 0; i < values.length; i++) {
            trailer.set(LONG, i * 8L, values[i]);
        }
        return trailer.asByteBuffer();
    }

    private static long sum(MemorySegment memory, SegmentPacking at, byte[] json) {
        CRC32C sum = new CRC32C();
        sum.update(memory.asSlice(at.keys(), at.size() - at.keys()).asByteBuffer());
        sum.update(json);
        return sum.getValue();
    }

    private static SegmentBody map(Path path, SegmentPacking layout) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path)) {
            MemorySegment memory =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return layout.body(arena, memory, new SegmentFile(path, channel.size()));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Reads a file that an earlier console wrote; null when it is damaged. */
    static @Nullable Opened open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        Opened opened = null;
        try (FileChannel channel = FileChannel.open(path)) {
            long size = channel.size();
            if (size >= TRAILER) {
                opened =
                        read(
                                path,
                                arena,
                                channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena));
            }
        } finally {
            if (opened == null) {
                arena.close();
            }
        }
        return opened;
    }

    private static @Nullable Opened read(Path path, Arena arena, MemorySegment memory)
            throws IOException {
        long size = memory.byteSize();
        MemorySegment trailer = memory.asSlice(size - TRAILER);
        SegmentPacking at =
                new SegmentPacking(
                        (int) trailer.get(LONG, 8),
                        trailer.get(LONG, 16),
                        trailer.get(LONG, 24),
                        trailer.get(LONG, 32),
                        trailer.get(LONG, 40),
                        trailer.get(LONG, 48),
                        trailer.get(LONG, 56));
        long length = trailer.get(LONG, 64);
        if (trailer.get(LONG, 0) != MAGIC
                || !at.fits(size - TRAILER)
                || length < 0
                || length != size - TRAILER - at.size()) {
            return null;
        }
        byte[] json = memory.asSlice(at.size(), length).toArray(ValueLayout.JAVA_BYTE);
        if (sum(memory, at, json) != trailer.get(LONG, 72)) {
            return null;
        }
        Meta meta = ContextJson.meta(JSON.readTree(json));
        return new Opened(at.body(arena, memory, new SegmentFile(path, size)), meta, at.lines());
    }

    /** Removes it; where a system refuses that, the next start tries again. */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
