package io.tailrace.server.access;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** What somebody showed, once it was found to be genuine. */
sealed interface Credential {

    /** Whose it is. */
    String name();

    /** When it is over, or null. */
    @Nullable Instant expires();

    /** An API token; its grants are looked up by its id. */
    record Token(ApiToken token) implements Credential {
        @Override
        public String name() {
            return token.name();
        }

        @Override
        public @Nullable Instant expires() {
            return token.expires();
        }
    }

    /**
     * A JWT.
     *
     * @param name its subject
     * @param groups the groups it names
     * @param grants the grants it brings itself
     * @param expires its expiry with the clock skew that is forgiven
     */
    record Jwt(String name, List<String> groups, List<Grant> grants, Instant expires)
            implements Credential {
        /** Copies the lists. */
        public Jwt {
            groups = List.copyOf(groups);
            grants = List.copyOf(grants);
        }
    }
}
