package io.tailrace.server.access;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Function;

/**
 * A small file that several processes change, each time as a whole: a reader sees the old or the
 * new content, also after a crash, and no change is lost. Only its owner may read it. Thread-safe.
 */
final class StateFile {

    private static final long MAX_BYTES = 16L << 20;
    private static final Object ONE_AT_A_TIME = new Object(); // a file lock is per process

    private final @Nullable Path file;
    private byte @Nullable [] memory; // instead of a file; guarded by ONE_AT_A_TIME

    /** At that place; null keeps the content in memory. */
    StateFile(@Nullable Path file) {
        this.file = file;
    }

    /**
     * The content; empty when there is no file.
     *
     * @throws AccessException when it cannot be read
     */
    Optional<byte[]> read() {
        if (file == null) {
            synchronized (ONE_AT_A_TIME) {
                return Optional.ofNullable(memory);
            }
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new AccessException("The file %s is too large.".formatted(file));
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AccessException(
                    "The file %s cannot be read (%s): let the gateway's user read it."
                            .formatted(file, e));
        }
    }

    /**
     * Replaces the content by what the change makes of it.
     *
     * @throws AccessException when it cannot be written; then the old content stays
     */
    void update(Function<Optional<byte[]>, byte[]> change) {
        synchronized (ONE_AT_A_TIME) {
            if (file == null) {
                memory = change.apply(Optional.ofNullable(memory));
                return;
            }
            try {
                Path directory = directory(file);
                Path lockFile = directory.resolve("." + file.getFileName() + ".lock");
                try (FileChannel channel =
                                FileChannel.open(
                                        lockFile,
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.WRITE);
                        FileLock _ = channel.lock()) {
                    owned(lockFile, directory);
                    write(file, directory, change.apply(read()));
                }
            } catch (IOException e) {
                throw new AccessException(
                        "The file %s cannot be written (%s): let this user write there."
                                .formatted(file, e));
            }
        }
    }

    private static Path directory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("it is not in a directory");
        }
        if (!Files.isDirectory(directory)) {
            Path parent = directory.getParent();
            Files.createDirectories(directory);
            if (parent != null) {
                owned(directory, parent);
            }
        }
        return directory;
    }

    private static void write(Path file, Path directory, byte[] content) throws IOException {
        Path next = Files.createTempFile(directory, ".next", ".json", onlyOwner(directory));
        try {
            try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                out.force(true);
            }
            owned(next, directory);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
        try (FileChannel entry = FileChannel.open(directory)) {
            entry.force(true);
        } catch (IOException e) {
            // not every file system knows how; the content itself is safe
        }
    }

    private static FileAttribute<?>[] onlyOwner(Path directory) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** What root writes for a gateway that runs as somebody else must be readable to that one. */
    private static void owned(Path created, Path like) {
        try {
            var owner = Files.getOwner(like, LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(Files.getOwner(created))) {
                Files.setOwner(created, owner);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // only root may, and only then it matters
        }
    }
}
