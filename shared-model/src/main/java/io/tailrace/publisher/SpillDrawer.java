package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One publisher's part of a spill folder: a folder of its own that is locked while its process
 * lives, so that another one takes over what a dead one left, and only that. Used by one thread.
 */
final class SpillDrawer implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String SUFFIX = ".spill";

    /**
     * Real paths of the drawers that publishers of this process have. Their lock files must not
     * even be opened: POSIX gives up all of a process's locks on a file when it closes any channel
     * to it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path real;
    private final RandomAccessFile file;
    private final FileLock lock;

    private SpillDrawer(Path folder, Path real, RandomAccessFile file, FileLock lock) {
        this.folder = folder;
        this.real = real;
        this.file = file;
        this.lock = lock;
    }

    /**
     * Locks a drawer.
     *
     * @return empty when somebody else has it
     */
    static Optional<SpillDrawer> take(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            OwnerOnly.createFolder(folder);
        }
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            return Optional.empty(); // another publisher of this process
        }
        Optional<SpillDrawer> taken = Optional.empty();
        try {
            taken = lock(folder, real);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(real);
            }
        }
    }

    private static Optional<SpillDrawer> lock(Path folder, Path real) throws IOException {
        Path lockFile = folder.resolve(LOCK);
        if (!Files.exists(lockFile)) {
            OwnerOnly.createFile(lockFile);
        }
        RandomAccessFile file = new RandomAccessFile(lockFile.toFile(), "rw");
        FileLock lock = tryLock(file);
        if (lock == null) {
            file.close();
            return Optional.empty();
        }
        return Optional.of(new SpillDrawer(folder, real, file, lock));
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this process has it by other means
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }

    /** The file of a segment. */
    Path segment(int number) {
        return folder.resolve("%08d".formatted(number) + SUFFIX);
    }

    /** Which segments there are, oldest first. */
    List<Integer> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("\\d{8}\\.spill"))
                    .map(name -> Integer.valueOf(name.substring(0, 8)))
                    .sorted()
                    .toList();
        }
    }

    /** Unlocks it; deletes it when nothing lies in it. */
    @Override
    public void close() throws IOException {
        try {
            unlock();
        } finally {
            HELD.remove(real);
        }
    }

    private void unlock() throws IOException {
        boolean empty = segments().isEmpty();
        if (empty) {
            Files.deleteIfExists(folder.resolve(LOCK));
        }
        lock.release();
        file.close();
        if (empty) {
            Files.deleteIfExists(folder);
        }
    }
}
