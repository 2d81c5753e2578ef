package io.tailrace.desktop.state;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.StreamItem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The files of a cache, numbered in the order in which they were written; beyond a number of bytes
 * the oldest goes. A damaged end of the newest one is what a crash leaves and is cut off; any other
 * damage moves its file aside with all that is older, so that there is never a hole.
 */
final class CacheFiles {

    private static final String SUFFIX = ".events";
    private static final int SHARE = 12; // so many files make a cache

    private final Path folder;
    private final long maxBytes;
    private final Consumer<String> told;

    private CacheFiles(Path folder, long maxBytes, Consumer<String> told) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.told = told;
    }

    /**
     * The files of a folder, which is made when need be, for its owner only.
     *
     * @throws IOException when it cannot be made
     */
    static CacheFiles in(Path folder, long maxBytes, Consumer<String> told) throws IOException {
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return new CacheFiles(folder, maxBytes, told);
    }

    /** How long a file may become. */
    long fileBytes() {
        return maxBytes / SHARE;
    }

    /** Hands on what is kept, and mends what is broken. */
    void read(Consumer<StreamItem> taker) {
        try {
            List<Path> files = files();
            int first = firstSound(files);
            for (Path file : files.subList(first, files.size())) {
                CacheSegment.Result result = CacheSegment.read(file, taker);
                if (!result.whole()) {
                    cut(file, result.length());
                }
            }
        } catch (IOException e) {
            told.accept(text("state.cache.unreadable", String.valueOf(e.getMessage())));
        }
    }

    /**
     * Hands on what is kept; a record that is being written ends it.
     *
     * @throws IOException when it cannot be read
     */
    void copy(Consumer<StreamItem> taker) throws IOException {
        for (Path file : files()) {
            CacheSegment.Result _ = CacheSegment.read(file, taker);
        }
    }

    /** Behind the last damage that is not the end of the newest file. */
    private int firstSound(List<Path> files) throws IOException {
        int first = 0;
        for (int i = 0; i < files.size() - 1; i++) {
            if (!CacheSegment.read(files.get(i), _ -> {}).whole()) {
                first = i + 1;
            }
        }
        for (Path file : files.subList(0, first)) {
            Files.move(file, aside(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (first > 0) {
            told.accept(text("state.cache.broken.some", folder));
        }
        return first;
    }

    private void cut(Path file, long length) throws IOException {
        if (length < CacheSegment.HEADER) {
            Files.move(file, aside(file), StandardCopyOption.REPLACE_EXISTING);
            told.accept(text("state.cache.broken", aside(file)));
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static Path aside(Path file) {
        return file.resolveSibling(file.getFileName() + ".broken");
    }

    /** The newest file, to go on with; null when there is none or it is long enough. */
    @Nullable FileChannel last() throws IOException {
        List<Path> files = files();
        boolean room = !files.isEmpty() && Files.size(files.getLast()) < fileBytes();
        return room ? FileChannel.open(files.getLast(), StandardOpenOption.APPEND) : null;
    }

    /** Begins a new file, and removes the oldest beyond the number of bytes. */
    FileChannel next() throws IOException {
        List<Path> files = files();
        long bytes = fileBytes();
        for (Path file : files) {
            bytes += Files.size(file);
        }
        for (Path file : files) {
            if (bytes > maxBytes) {
                bytes -= Files.size(file);
                Files.delete(file);
            }
        }
        long number = files.isEmpty() ? 1 : number(files.getLast()) + 1;
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("%012d%s".formatted(number, SUFFIX)),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        ByteBuffer header = ByteBuffer.allocate(CacheSegment.HEADER).putLong(CacheSegment.MAGIC);
        channel.write(header.flip());
        return channel;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.getFileName().toString().matches("\\d{12}\\.events"))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }
}
