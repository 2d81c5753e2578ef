package io.tailrace.server.eventlog;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at the directory before RocksDB does, which would create a new log over a broken one. */
final class StoreDirectory {

    private static final Pattern DATA = Pattern.compile("\\d+\\.(sst|log|blob)");

    private static final Pattern OURS =
            Pattern.compile(
                    "access|CURRENT|LOCK|LOG.*|IDENTITY|(MANIFEST|OPTIONS)-.*|ACKNOWLEDGED|LISTED|"
                            + DATA);

    private StoreDirectory() {}

    /**
     * Creates the directory when it is missing.
     *
     * @throws EventLogException when it cannot be used
     */
    static void prepare(Path directory) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new EventLogException(
                    "%s is a file. Name a directory for the event log.".formatted(directory));
        }
        try {
            keepPrivate(directory);
            Files.delete(Files.createTempFile(directory, "write", ".probe"));
        } catch (IOException e) {
            throw new EventLogException(
                    "The directory %s of the event log cannot be written (%s). Let the gateway's user write there and see that the disk has room, or start with another data directory."
                            .formatted(directory, e),
                    e);
        }
        refuseRemains(directory);
        ListedFiles.check(directory);
    }

    /** What publishers say is nobody's business; a directory with other things stays as it is. */
    private static void keepPrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            if (!files.allMatch(StoreDirectory::ours)) {
                return;
            }
        }
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException | UnsupportedOperationException e) {
            // a file system without permissions, or somebody else's directory
        }
    }

    private static boolean ours(Path file) {
        return OURS.matcher(file.getFileName().toString()).matches();
    }

    /** How much more this user may write to the disk of the directory, in bytes. */
    static LongSupplier usableSpace(Path directory) {
        FileStore disk;
        try {
            disk = Files.getFileStore(directory);
        } catch (IOException e) {
            return () -> Long.MAX_VALUE; // unknown: RocksDB will say when a write fails
        }
        return () -> {
            try {
                return disk.getUsableSpace();
            } catch (IOException e) {
                return Long.MAX_VALUE;
            }
        };
    }

    /** A log that was only half created has no data files yet; one with data needs its CURRENT. */
    private static void refuseRemains(Path directory) {
        if (Files.exists(directory.resolve("CURRENT"))) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> remains =
                    files.map(f -> f.getFileName().toString())
                            .filter(n -> DATA.matcher(n).matches())
                            .sorted()
                            .toList();
            if (!remains.isEmpty()) {
                throw new StoreFailures(directory)
                        .damaged(
                                "its file CURRENT is missing, but there are data files such as "
                                        + remains.getFirst());
            }
        } catch (IOException e) {
            throw new EventLogException(
                    "The directory %s of the event log cannot be listed (%s)."
                            .formatted(directory, e),
                    e);
        }
    }
}
