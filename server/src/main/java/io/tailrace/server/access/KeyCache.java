package io.tailrace.server.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The issuer's public keys. They are asked for again after five minutes, and when a token names a
 * key that is not among them, but not more often than every ten seconds, so that made-up tokens
 * cannot flood the issuer. When asking fails they are used for an hour at most. Thread-safe.
 */
final class KeyCache implements JWKSource<SecurityContext> {

    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration USABLE = Duration.ofHours(1);
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final System.Logger LOGGER = System.getLogger(KeyCache.class.getName());

    private final Fetch fetch;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Held held;

    // Guarded by lock.
    private Instant asked = Instant.MIN;
    private String failure = "they were not asked for yet";

    /** Gets the keys. */
    @FunctionalInterface
    interface Fetch {
        JWKSet keys() throws IOException;
    }

    private record Held(JWKSet keys, Instant since) {}

    KeyCache(Fetch fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
            throws KeySourceException {
        Held now = held;
        if (now == null || older(now.since(), FRESH)) {
            now = fetched(now);
        }
        if (now == null || older(now.since(), USABLE)) {
            throw new KeySourceException(failure());
        }
        List<JWK> found = selector.select(now.keys());
        if (found.isEmpty()) {
            Held newer = fetched(now);
            found = newer == null ? found : selector.select(newer.keys());
        }
        return found;
    }

    /** The keys may have changed: the next token asks for them. */
    void forget() {
        lock.lock();
        try {
            asked = Instant.MIN;
            Held now = held;
            held = now == null ? null : new Held(now.keys(), clock.instant().minus(FRESH));
        } finally {
            lock.unlock();
        }
    }

    /** What is held after asking, if that is not too early; others wait for the one who asks. */
    private @Nullable Held fetched(@Nullable Held before) {
        lock.lock();
        try {
            if (!Objects.equals(held, before) || !older(asked, PAUSE)) {
                return held;
            }
            asked = clock.instant();
            held = new Held(fetch.keys(), asked);
        } catch (IOException | RuntimeException e) {
            failure = String.valueOf(e.getMessage() == null ? e : e.getMessage());
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "The issuer''s keys cannot be fetched: {0}",
                    failure);
        } finally {
            lock.unlock();
        }
        return held;
    }

    private String failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private boolean older(Instant then, Duration age) {
        return then.equals(Instant.MIN) || !clock.instant().isBefore(then.plus(age));
    }
}
