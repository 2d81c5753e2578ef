package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tailrace.desktop.text.Texts;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The folder that a console keeps the lines of one gateway in; one console at a time. */
final class SegmentFolder implements AutoCloseable {

    private static final String NOTE = "coverage.json";
    static final String FRESH = ".new"; // is being written; afterwards nobody's
    private static final int PATIENCE = 100; // looks, 20 ms apart
    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;
    private final FileChannel lock;
    private final AtomicLong number = new AtomicLong();
    private boolean damaged;

    private SegmentFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes a folder, and makes it when there is none; it is for its owner only.
     *
     * @throws IOException with a sentence when it cannot be used
     */
    static SegmentFolder open(Path path) throws IOException {
        Files.createDirectories(path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        FileChannel lock =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(lock)) {
            lock.close();
            throw new IOException(Texts.text("logs.keep.locked"));
        }
        return new SegmentFolder(path, lock);
    }

    /** The console that was in this window before may still write its last lines. */
    private static boolean locked(FileChannel lock) throws IOException {
        for (int i = 0; i < PATIENCE; i++) {
            try {
                return lock.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        return false;
    }

    /** A name that no file has. */
    Path next() {
        Path file = path.resolve(number.incrementAndGet() + SegmentFile.SUFFIX);
        return Files.exists(file) ? next() : file;
    }

    /** What an earlier console left; what is damaged is removed: the gateway has it. */
    List<LogSegment> restore(LineKey keys) {
        List<SegmentFile.Opened> all = new ArrayList<>();
        for (Path file : files(FRESH)) {
            boolean _ = file.toFile().delete(); // a console was killed while it wrote
        }
        for (Optional<SegmentFile.Opened> opened : opened(files(SegmentFile.SUFFIX))) {
            opened.ifPresent(all::add);
            damaged |= opened.isEmpty();
        }
        List<String> lives = List.of();
        for (SegmentFile.Opened one : all) {
            lives = one.meta().lives().size() > lives.size() ? one.meta().lives() : lives;
        }
        keys.restore(lives);
        List<LogSegment> segments = new ArrayList<>();
        for (SegmentFile.Opened one : all) {
            List<String> itsLives = one.meta().lives();
            if (itsLives.equals(lives.subList(0, itsLives.size())) && one.lines() > 0) {
                LineContext[] contexts = one.meta().contexts().toArray(LineContext[]::new);
                segments.add(new LogSegment(one.body(), contexts, one.lines()));
            } else {
                one.body().discard();
                damaged = true;
            }
        }
        return segments;
    }

    /** Takes what an earlier console noted, once; null when there is none that can be trusted. */
    @Nullable JsonNode note() {
        Path file = path.resolve(NOTE);
        try {
            JsonNode note = Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : null;
            Files.deleteIfExists(file);
            return damaged ? null : note;
        } catch (IOException e) {
            return null; // what it says is fetched again
        }
    }

    /** Notes something for the next console. */
    void note(JsonNode note) {
        Path fresh = path.resolve(NOTE + FRESH);
        try {
            Files.write(fresh, JSON.writeValueAsBytes(note));
            Files.move(fresh, path.resolve(NOTE), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // the next console asks the gateway for more than it needs
        }
    }

    private List<Path> files(String suffix) {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            return List.of(); // nothing that can be read
        }
    }

    /** Each is read through but for its text: by several threads, for somebody waits. */
    private static List<Optional<SegmentFile.Opened>> opened(List<Path> files) {
        return files.parallelStream().map(SegmentFolder::opened).toList();
    }

    private static Optional<SegmentFile.Opened> opened(Path file) {
        try {
            SegmentFile.Opened opened = SegmentFile.open(file);
            if (opened == null) {
                Files.deleteIfExists(file);
            }
            return Optional.ofNullable(opened);
        } catch (IOException e) {
            return Optional.empty(); // cannot be read now; perhaps the next time
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // the lock ends with this process at the latest
        }
    }
}
