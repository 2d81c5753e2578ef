package io.tailrace.server.stream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux knows of a platform thread: one that waits for a slow reader sleeps, one that waits
 * for a processor does not, however long it takes. On other systems nothing is known. Thread-safe.
 */
final class KernelThread {

    private static final Path OWN = Path.of("/proc/thread-self");

    private final @Nullable Path stat;

    private KernelThread(@Nullable Path stat) {
        this.stat = stat;
    }

    /** The thread that asks. */
    static KernelThread current() {
        try {
            Path name = Files.readSymbolicLink(OWN); // 4711/task/4712
            return new KernelThread(OWN.resolveSibling(name).resolve("stat"));
        } catch (IOException | UnsupportedOperationException e) {
            return new KernelThread(null);
        }
    }

    /** Whether it sleeps at this moment. */
    boolean asleep(boolean whenUnknown) {
        if (stat == null) {
            return whenUnknown;
        }
        try {
            String line = new String(Files.readAllBytes(stat), StandardCharsets.ISO_8859_1);
            int name = line.lastIndexOf(')'); // 4712 (pump) S 4711 ...
            return line.startsWith(") S", name) || line.startsWith(") D", name);
        } catch (IOException e) {
            return whenUnknown;
        }
    }
}
