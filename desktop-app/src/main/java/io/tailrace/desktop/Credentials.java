package io.tailrace.desktop;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tailrace.client.Access;
import io.tailrace.client.TokenSource;
import io.tailrace.desktop.state.Tokens;

import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who the console says it is, to each gateway by its own token: one that was typed into the window
 * comes before the one given at the start, which is for the gateway of the start only, and that
 * before one that was kept. Thread-safe.
 */
final class Credentials {

    private static final JsonMapper JSON = new JsonMapper();

    private final Access given;
    private final URI first;
    private final Tokens store;
    private final Map<URI, String> typed = new ConcurrentHashMap<>();

    /**
     * Prepares.
     *
     * @param options what was asked for on the command line
     * @param environment such as {@link System#getenv()}
     * @param first the gateway of the start
     * @param store where typed tokens are kept
     * @throws IllegalArgumentException when the file of certificates is none
     */
    Credentials(Options options, Map<String, String> environment, URI first, Tokens store) {
        Access access =
                options.tokenFile() == null
                        ? Access.from(environment)
                        : Access.open().withToken(TokenSource.file(options.tokenFile()));
        this.given =
                options.certificates() == null
                        ? access
                        : access.withCertificates(options.certificates());
        this.first = first;
        this.store = store;
    }

    /** Who we are for that gateway. */
    Access of(URI gateway) {
        return given.withToken(() -> token(gateway));
    }

    /**
     * Takes a token that somebody typed, from now on and for later starts.
     *
     * @throws IOException when it could not be kept; it counts until the console ends
     */
    void typed(URI gateway, String token) throws IOException {
        typed.put(gateway, token);
        store.keep(gateway, token);
    }

    /** Where typed tokens are kept, for people. */
    String place() {
        return store.place();
    }

    /** When the token for a gateway ends, as far as the token itself says. */
    Optional<Instant> end(URI gateway) {
        return token(gateway).flatMap(Credentials::expiry);
    }

    /** A JWT says it in its second part; other tokens say nothing. */
    static Optional<Instant> expiry(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            long seconds = JSON.readTree(claims).path("exp").asLong(0);
            return seconds > 0 ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<String> token(URI gateway) {
        String fresh = typed.get(gateway);
        if (fresh != null) {
            return Optional.of(fresh);
        }
        Optional<String> start = gateway.equals(first) ? given.token().current() : Optional.empty();
        return start.isPresent() ? start : store.find(gateway);
    }
}
