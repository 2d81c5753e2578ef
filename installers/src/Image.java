import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A packaged application that is trained: it works for a moment, and what the JVM learned (JEP 514)
 * is kept beside its libraries.
 *
 * @param folder of the image
 */
record Image(Path folder) {

    /** The folder of its libraries and settings. */
    Path app() {
        return folder.resolve("lib/app");
    }

    /** What the launcher's settings say of a key. */
    List<String> settings(String key) throws IOException {
        return Files.readAllLines(app().resolve(folder.getFileName() + ".cfg")).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replace("$APPDIR", app().toString()))
                .toList();
    }

    /** The begin of a command with the launcher's own options, or the JVM ignores the cache. */
    List<String> training(Path cache) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(folder + "/lib/runtime/bin/java");
        settings("java-options").stream()
                .filter(option -> !option.startsWith("-XX:AOTCache="))
                .forEach(command::add);
        command.add("-XX:AOTCacheOutput=" + cache);
        return command;
    }

    Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling("training.log").toFile())
                .start();
    }

    /** Waits until it has written its cache; exits 1 with a sentence when it has not. */
    void awaitEnd(Process process, Path cache) throws Exception {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail(folder.getFileName() + " did not end within two minutes of its training.");
        }
        if (!Files.exists(cache)) {
            fail(
                    "The training left no %s:%n%s"
                            .formatted(
                                    cache,
                                    Files.readString(folder.resolveSibling("training.log"))));
        }
        System.out.printf("%s: %,d bytes%n", cache.getFileName(), Files.size(cache));
    }

    static void fail(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
