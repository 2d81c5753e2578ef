package io.tailrace.server.access;

import io.tailrace.model.Channel;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.settings.AccessSettings;
import io.tailrace.server.settings.JwtSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who may come in, and what he may do: API tokens, JWTs and grants, which may change at any time. A
 * change acts at once on everybody who is in. Thread-safe.
 *
 * <p>Without a token ever made and without JWTs the gateway is open. Once it is closed it stays so
 * until it ends, whatever happens to the files.
 */
public final class Access implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Access.class.getName());

    private final TokenStore tokens;
    private final GrantBook grants;
    private final @Nullable JwtVerifier jwt;
    private final SessionOwners owners;
    private final Runnable listener;
    private final InstantSource clock;
    private final Caller anybody = new OpenCaller(this);
    private final AtomicLong version = new AtomicLong();
    private final AtomicBoolean wasOpen;

    /**
     * Reads what is there, and watches the files.
     *
     * @param owners whose sessions are
     * @param listener called after every change, to check open streams again; any thread
     * @throws AccessException with a sentence when a file cannot be read or understood
     */
    public Access(
            AccessSettings settings,
            FileWatch files,
            SessionOwners owners,
            Runnable listener,
            InstantSource clock) {
        this.owners = owners;
        this.listener = listener;
        this.clock = clock;
        tokens = new TokenStore(settings.tokens(), clock);
        grants = new GrantBook(settings.grants(), settings.kept());
        JwtSettings wanted = settings.jwt();
        jwt = wanted == null ? null : JwtVerifier.of(wanted, files, clock);
        wasOpen = new AtomicBoolean(open());
        watch(files, settings.tokens());
        watch(files, settings.grants());
        watch(files, settings.kept());
    }

    private void watch(FileWatch files, @Nullable Path file) {
        if (file != null) {
            files.watch(file, this::reload);
        }
    }

    private void reload() {
        boolean news = false;
        try {
            news = tokens.reload();
        } finally {
            try {
                news |= grants.reload();
            } finally {
                if (news) {
                    changed("Files with tokens or grants have changed and are used as they are.");
                }
            }
        }
    }

    /** Whether anybody may do anything. */
    public boolean open() {
        return jwt == null && !tokens.used();
    }

    /** Whoever comes while it is open. */
    Caller anybody() {
        return anybody;
    }

    /**
     * Who shows this token.
     *
     * @throws HttpProblem 401 when it is not accepted, 503 when that cannot be found out now
     */
    Caller caller(String bearer) {
        Optional<ApiToken.Presented> presented = ApiToken.Presented.of(bearer);
        if (presented.isPresent()) {
            return new Principal(this, new Credential.Token(token(presented.get())));
        }
        if (jwt == null) {
            throw refused("it is not an API token of this gateway");
        }
        return new Principal(this, jwt.verified(bearer));
    }

    private ApiToken token(ApiToken.Presented presented) {
        ApiToken token =
                tokens.find(presented.id())
                        .filter(t -> t.matches(presented.secret()))
                        .orElseThrow(() -> refused("it is unknown or was revoked"));
        if (token.over(clock.instant())) {
            throw refused("it has expired");
        }
        return token;
    }

    static HttpProblem refused(String why) {
        return new HttpProblem(
                401, "Unauthorized", "The token is not accepted: %s.".formatted(why));
    }

    /** Changes with every change of tokens or grants. */
    long version() {
        return version.get();
    }

    boolean owns(Channel session, String name) {
        return owners.owns(session.parts().get(1), name);
    }

    boolean revoked(Credential credential) {
        return switch (credential) {
            case Credential.Token(ApiToken token) ->
                    tokens.find(token.id()).filter(t -> t.hash().equals(token.hash())).isEmpty();
            case Credential.Jwt _ -> false;
        };
    }

    /** What a credential allows now. */
    List<Grant> grants(Credential credential) {
        List<Grant> all =
                new ArrayList<>(
                        switch (credential) {
                            case Credential.Token(ApiToken token) ->
                                    tokens.find(token.id()).map(ApiToken::grants).orElse(List.of());
                            case Credential.Jwt shown -> shown.grants();
                        });
        if (!revoked(credential)) {
            all.addAll(
                    switch (credential) {
                        case Credential.Token t -> grants.of(t.name(), List.of());
                        case Credential.Jwt shown -> grants.of(shown.name(), shown.groups());
                    });
        }
        return all;
    }

    TokenStore tokens() {
        return tokens;
    }

    GrantBook grantBook() {
        return grants;
    }

    /**
     * To be called after every change: makes everybody who is in ask again.
     *
     * @param what a sentence for the log
     */
    void changed(String what) {
        LOGGER.log(System.Logger.Level.INFO, what);
        version.incrementAndGet();
        if (wasOpen.getAndSet(open()) && !open()) {
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "The gateway is closed now: from here on callers need a token.");
        }
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "Open streams could not be checked.", e);
        }
    }

    /** Ends what asks for keys. */
    @Override
    public void close() {
        if (jwt != null) {
            jwt.close();
        }
    }
}
