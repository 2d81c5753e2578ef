package io.tailrace.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the token comes from that says who we are. It is asked anew for each request and each
 * connection, so that a token may be renewed while a program runs. Called on any thread; may block
 * for as long as reading a file takes.
 */
@FunctionalInterface
public interface TokenSource {

    /** The variable that holds a token. */
    String VARIABLE = "TAILRACE_TOKEN";

    /** The variable that names a file with a token. */
    String FILE_VARIABLE = "TAILRACE_TOKEN_FILE";

    /**
     * The token as of now; empty for none.
     *
     * @throws TokenUnavailableException with a sentence when there should be one but is not
     */
    Optional<String> current();

    /** Nobody in particular. */
    static TokenSource none() {
        return Optional::empty;
    }

    /** A token that stays the same. */
    static TokenSource of(String token) {
        return () -> Optional.of(token);
    }

    /** The first line of a file, read each time: whoever renews the token writes the file anew. */
    static TokenSource file(Path file) {
        return () -> Optional.of(TokenFile.read(file));
    }

    /**
     * What {@code TAILRACE_TOKEN_FILE} or {@code TAILRACE_TOKEN} give, the file first; otherwise
     * none.
     */
    static TokenSource from(Map<String, String> environment) {
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        String token = environment.getOrDefault(VARIABLE, "").strip();
        if (!file.isBlank()) {
            return file(Path.of(file.strip()));
        }
        return token.isEmpty() ? none() : of(token);
    }
}
