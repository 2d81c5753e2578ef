package io.tailrace.desktop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real file system of a few MiB in memory, for tests that run as root on Linux.
 *
 * @param path where it is mounted
 */
record SmallDisk(Path path) implements AutoCloseable {

    /** Empty where nothing can be mounted. */
    static Optional<SmallDisk> mount(Path path, int mebibytes) throws IOException {
        Files.createDirectories(path);
        String size = "size=" + mebibytes + "m";
        return run("mount", "-t", "tmpfs", "-o", size, "tmpfs", path.toString())
                ? Optional.of(new SmallDisk(path))
                : Optional.empty();
    }

    /** Writes until nothing more fits; answers what has to go for space to come back. */
    Path fill() throws IOException {
        Path filler = path.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            return filler; // full
        }
    }

    @Override
    public void close() throws IOException {
        if (!run("umount", path.toString())) {
            boolean _ = run("umount", "-l", path.toString());
        }
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
