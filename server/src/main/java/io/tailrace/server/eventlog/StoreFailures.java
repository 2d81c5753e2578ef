package io.tailrace.server.eventlog;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Turns what RocksDB says into sentences for operators. Thread-safe. */
final class StoreFailures {

    private static final String REPAIR =
            "Restore a backup of that directory, or start with another data directory; nothing was"
                    + " deleted.";

    private final Path directory;
    private volatile @Nullable String damage;

    StoreFailures(Path directory) {
        this.directory = directory;
    }

    EventLogException opening(RocksDBException e) {
        String said = said(e);
        if (said.contains("lock file") || said.contains("lock hold")) {
            return new EventLogException(
                    "The event log in %s is in use by another process. Stop that gateway, or start this one with another data directory."
                            .formatted(directory),
                    e);
        }
        if (full(e)) {
            return full(e, "The event log was not opened.");
        }
        if (said.contains("column famil")) {
            return new EventLogException(
                    "%s holds a database that is not an event log of this Tailrace. Start with another data directory."
                            .formatted(directory),
                    e);
        }
        boolean named = said.matches(".*(/|\\\\|current|wal ).*");
        return new EventLogException(
                "The event log in %s is damaged and was not opened (%s%s). %s"
                        .formatted(
                                directory,
                                e.getMessage(),
                                named ? "" : " in a file *.log, the write-ahead log",
                                REPAIR),
                e);
    }

    EventLogException writing(RocksDBException e) {
        notice(e);
        if (full(e)) {
            return full(e, "Nothing of the last write was stored.");
        }
        return new EventLogException(
                "The event log in %s could not be written (%s); nothing of the last write was stored. The next write tries again. When this goes on, check the disk and its free space, or restore a backup."
                        .formatted(directory, e.getMessage()),
                e);
    }

    EventLogException reading(RocksDBException e) {
        notice(e);
        return new EventLogException(
                "The event log in %s could not be read (%s). Check the disk. When the file is damaged: %s"
                        .formatted(directory, e.getMessage(), REPAIR),
                e);
    }

    /** Damage does not heal: who has met it once says so until the end. */
    private void notice(RocksDBException e) {
        Status status = e.getStatus();
        if (damage == null && status != null && status.getCode() == Status.Code.Corruption) {
            damage =
                    "The event log in %s is damaged (%s): what lies there cannot be read. %s"
                            .formatted(directory, e.getMessage(), REPAIR);
        }
    }

    /** The first damage that was met while the log was open. */
    Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    EventLogException damaged(String what) {
        return new EventLogException(
                "The event log in %s is damaged: %s. %s".formatted(directory, what, REPAIR));
    }

    EventLogException closed() {
        return new EventLogException("The event log in %s is closed.".formatted(directory));
    }

    private EventLogException full(RocksDBException e, String consequence) {
        return new EventLogException(
                "The disk of %s is full. %s Free some space or shorten retention; the gateway then goes on by itself."
                        .formatted(directory, consequence),
                e);
    }

    private static boolean full(RocksDBException e) {
        Status status = e.getStatus();
        return (status != null && status.getSubCode() == Status.SubCode.NoSpace)
                || said(e).contains("no space left")
                || said(e).contains("max allowed space was reached");
    }

    private static String said(RocksDBException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }
}
