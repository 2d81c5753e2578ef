package io.tailrace.desktop.state;

import static io.tailrace.desktop.text.Texts.text;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Secret Service of a Linux desktop (GNOME Keyring, KWallet, KeePassXC), spoken to by its
 * command {@code secret-tool}. A token goes to it by standard input, never by the command line.
 * Thread-safe.
 */
final class Keyring {

    private static final String COMMAND = "secret-tool";
    private static final long PATIENCE_SECONDS = 5;
    private static final int LONGEST = 64 * 1024;

    private final Path command;

    Keyring(Path command) {
        this.command = command;
    }

    /** The keyring of a session that has one; whether it answers shows when it is asked. */
    static Optional<Keyring> find(Map<String, String> environment) {
        if (environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isEmpty()) {
            return Optional.empty(); // nobody would answer
        }
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path tool = folder.isEmpty() ? null : Path.of(folder).resolve(COMMAND);
            if (tool != null && Files.isExecutable(tool)) {
                return Optional.of(new Keyring(tool));
            }
        }
        return Optional.empty();
    }

    /**
     * Looks a token up.
     *
     * @throws IOException when the keyring does not answer
     */
    Optional<String> find(URI gateway) throws IOException {
        Answer answer =
                run(List.of("lookup", "service", "tailrace", "gateway", gateway.toString()), "");
        // status 1 without a word means that there is none
        if (answer.status() != 0 && !answer.problem().isEmpty()) {
            throw new IOException(text("state.keyring.silent", answer.problem()));
        }
        return answer.text().isEmpty() ? Optional.empty() : Optional.of(answer.text());
    }

    /**
     * Keeps a token.
     *
     * @throws IOException when the keyring does not take it
     */
    void keep(URI gateway, String token) throws IOException {
        Answer answer =
                run(
                        List.of(
                                "store",
                                "--label=" + text("state.keyring.label", gateway.getAuthority()),
                                "service",
                                "tailrace",
                                "gateway",
                                gateway.toString()),
                        token);
        if (answer.status() != 0) {
            throw new IOException(text("state.keyring.refused", answer.problem()));
        }
    }

    private record Answer(int status, String text, String problem) {}

    private Answer run(List<String> arguments, String input) throws IOException {
        Process process =
                new ProcessBuilder()
                        .command(
                                Stream.concat(Stream.of(command.toString()), arguments.stream())
                                        .toList())
                        .start();
        try {
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            Thread watch =
                    Thread.ofVirtual()
                            .name("keyring-watch")
                            .start(() -> {
                                if (!ended(process)) {
                                    process.destroyForcibly();
                                }
                            });
            byte[] out = process.getInputStream().readNBytes(LONGEST);
            byte[] problem = process.getErrorStream().readNBytes(LONGEST);
            boolean done = ended(process);
            watch.interrupt();
            return new Answer(
                    done ? process.exitValue() : -1,
                    new String(out, StandardCharsets.UTF_8).strip(),
                    done
                            ? new String(problem, StandardCharsets.UTF_8).strip()
                            : text("state.keyring.slow"));
        } finally {
            process.destroy();
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
