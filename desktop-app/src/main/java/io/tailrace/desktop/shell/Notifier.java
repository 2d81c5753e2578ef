package io.tailrace.desktop.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells people something while they look elsewhere, by the means of the system. Any thread. */
@FunctionalInterface
public interface Notifier {

    /** Tells it, or does nothing where the system has no means. Never fails and never waits. */
    void tell(String title, String text);

    /** The system's: {@code notify-send} on Linux, {@code osascript} on macOS, else none. */
    static Notifier ofSystem(String system, Map<String, String> environment) {
        if (system.startsWith("Mac")) {
            return (title, text) ->
                    start(
                            List.of(
                                    "osascript",
                                    "-e",
                                    "on run argv",
                                    "-e",
                                    "display notification (item 2 of argv) with title (item 1 of"
                                            + " argv)",
                                    "-e",
                                    "end run",
                                    title,
                                    text));
        }
        Optional<Path> command = find("notify-send", environment.getOrDefault("PATH", ""));
        return command.<Notifier>map(tool ->
                        (title, text) ->
                                start(
                                        List.of(
                                                tool.toString(),
                                                "--app-name=Tailrace",
                                                "--",
                                                title,
                                                text)))
                .orElse((_, _) -> {});
    }

    private static Optional<Path> find(String name, String path) {
        for (String folder : path.split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                return Optional.of(Path.of(folder, name));
            }
        }
        return Optional.empty();
    }

    private static void start(List<String> command) {
        try {
            Process _ =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            // the toast in the window says the same
        }
    }
}
