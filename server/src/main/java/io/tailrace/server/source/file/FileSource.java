package io.tailrace.server.source.file;

import io.tailrace.model.Event;
import io.tailrace.server.http.Pause;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.settings.FileSourceSettings;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.Source;
import io.tailrace.server.source.SourcePart;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows files that patterns name, through rotation, each line once.
 *
 * <p>{@link #run} is used by one thread at a time.
 */
public final class FileSource implements Source {

    private static final int BUFFER = 64 * 1024;
    private static final int BLOCK = 5_000; // events stored at once
    private static final int ROUND = 16; // buffers of one file before the next has its turn
    private static final int SCAN_EVERY = 4; // polls

    private final FileSourceSettings settings;
    private final int maxLine;
    private final Clock clock;
    private final Redactor redactor;

    // Written by the source's thread.
    private volatile List<SourcePart> parts = List.of();

    /**
     * Ready to run.
     *
     * @param maxLine the longest line, in bytes
     * @param redactor masks secrets
     */
    public FileSource(FileSourceSettings settings, int maxLine, Clock clock, Redactor redactor) {
        this.settings = settings;
        this.maxLine = maxLine;
        this.clock = clock;
        this.redactor = redactor;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return "file";
    }

    @Override
    public List<SourcePart> parts() {
        return parts;
    }

    @Override
    public void run(Outlet outlet) throws IOException, InterruptedException {
        List<Event.Published> events = new ArrayList<>();
        try (var files =
                new FileSet(
                        settings,
                        new PathNames(settings, maxLine),
                        clock,
                        redactor,
                        outlet,
                        events)) {
            byte[] buffer = new byte[BUFFER];
            for (long round = 0; true; round++) {
                if (round % SCAN_EVERY == 0) {
                    files.scan();
                }
                while (pull(files, buffer, events)) {
                    files.store();
                }
                files.store();
                if (round % SCAN_EVERY == 0) {
                    parts = files.tails().stream().map(FileTail::part).toList();
                }
                Pause.of(settings.poll());
            }
        }
    }

    /** Whether there may be more at once. */
    private static boolean pull(FileSet files, byte[] buffer, List<Event.Published> events)
            throws IOException {
        boolean more = false;
        for (FileTail tail : files.tails()) {
            int turns = 0;
            while (turns < ROUND && files.read(tail, buffer)) {
                turns++;
                if (events.size() >= BLOCK) {
                    files.store();
                }
            }
            more |= turns == ROUND;
        }
        return more;
    }
}
