package io.tailrace.server.access;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The API tokens, in a file that the command line and a running gateway both change. Thread-safe.
 */
public final class TokenStore {

    private static final int MOST = 10_000;

    private final StateFile file;
    private final InstantSource clock;
    private volatile @Nullable Map<String, ApiToken> tokens; // null while there never was a file

    /**
     * Reads the file if there is one.
     *
     * @param file where they are kept; null keeps them in memory
     * @throws AccessException when the file cannot be read or understood
     */
    public TokenStore(@Nullable Path file, InstantSource clock) {
        this.file = new StateFile(file);
        this.clock = clock;
        reload();
    }

    /**
     * Reads the file again. When it is gone there are no tokens any more.
     *
     * @return whether that changed anything
     * @throws AccessException when it cannot be read; then the tokens stay as they were
     */
    final synchronized boolean reload() {
        List<ApiToken> before = list();
        boolean wasUsed = used();
        Optional<byte[]> json = file.read();
        if (json.isPresent()) {
            tokens = byId(TokenJson.read(json.get()));
        } else if (tokens != null) {
            tokens = Map.of();
        }
        return wasUsed != used() || !before.equals(list());
    }

    /** Whether somebody ever made a token: from then on callers need one. */
    boolean used() {
        return tokens != null;
    }

    /** All tokens, the oldest first; also those that are over. */
    public List<ApiToken> list() {
        Map<String, ApiToken> all = tokens;
        return all == null ? List.of() : List.copyOf(all.values());
    }

    Optional<ApiToken> find(String id) {
        Map<String, ApiToken> all = tokens;
        return all == null ? Optional.empty() : Optional.ofNullable(all.get(id));
    }

    /**
     * Makes a token.
     *
     * @param name whose it is
     * @param expires when it is over, or null
     * @throws IllegalArgumentException with a sentence when the name or the time cannot be
     */
    public synchronized ApiToken.Issued create(
            String name, List<Grant> grants, @Nullable Instant expires) {
        if (!Names.plain(name)) {
            throw new IllegalArgumentException(
                    "A token's name has 1 to 128 letters, digits or . _ @ + = | ~ - and is not"
                            + " 'anybody'.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (expires != null && !expires.isAfter(now)) {
            throw new IllegalArgumentException("A token must expire in the future.");
        }
        ApiToken.Issued issued = ApiToken.issue(name, grants, now, expires);
        file.update(json -> {
            Map<String, ApiToken> all = read(json);
            if (all.size() >= MOST) {
                throw new IllegalArgumentException(
                        "There are %,d tokens already: revoke some.".formatted(MOST));
            }
            all.put(issued.token().id(), issued.token());
            return TokenJson.write(all.values());
        });
        reload();
        return issued;
    }

    /** Ends a token; whether there was one. */
    public synchronized boolean revoke(String id) {
        AtomicBoolean found = new AtomicBoolean();
        if (file.read().isEmpty()) {
            return false;
        }
        file.update(json -> {
            Map<String, ApiToken> all = read(json);
            found.set(all.remove(id) != null);
            return TokenJson.write(all.values());
        });
        reload();
        return found.get();
    }

    private static Map<String, ApiToken> read(Optional<byte[]> json) {
        return json.map(bytes -> byId(TokenJson.read(bytes))).orElseGet(LinkedHashMap::new);
    }

    private static Map<String, ApiToken> byId(List<ApiToken> list) {
        Map<String, ApiToken> all = new LinkedHashMap<>();
        list.forEach(token -> all.put(token.id(), token));
        return all;
    }
}
