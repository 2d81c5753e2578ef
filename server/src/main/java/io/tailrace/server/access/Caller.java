package io.tailrace.server.access;

import io.helidon.webserver.http.ServerRequest;
import io.tailrace.model.Channel;
import io.tailrace.server.http.HttpProblem;

import java.time.Instant;
import java.util.Optional;

/**
 * Who makes a request, and what he may do at this moment: the answers change as soon as his grants
 * do. Thread-safe and quick: asked for every entry that is sent.
 */
public interface Caller {

    /** Whoever comes to an open gateway: may do everything. */
    Caller ANYBODY =
            new Caller() {
                @Override
                public String name() {
                    return "anybody";
                }

                @Override
                public boolean known() {
                    return false;
                }

                @Override
                public boolean may(Permission permission, Channel channel) {
                    return true;
                }

                @Override
                public boolean mayAnywhere(Permission permission) {
                    return true;
                }

                @Override
                public boolean admin() {
                    return true;
                }

                @Override
                public long version() {
                    return 0;
                }

                @Override
                public Object rights() {
                    return "everything";
                }

                @Override
                public Optional<Instant> expires() {
                    return Optional.empty();
                }

                @Override
                public Optional<String> ended(Instant now) {
                    return Optional.empty();
                }
            };

    /** Who it is, for people and logs. */
    String name();

    /** Whether he said who he is; whoever comes to an open gateway did not. */
    default boolean known() {
        return true;
    }

    /** Whether this is allowed now. */
    boolean may(Permission permission, Channel channel);

    /** Whether this is allowed now on any channel at all. */
    boolean mayAnywhere(Permission permission);

    /** Whether he may see and change how the gateway runs. */
    boolean admin();

    /** Changes whenever an answer of {@link #may} may have changed. */
    long version();

    /**
     * What he may do now, to be compared: equal for the same caller as long as every answer of
     * {@link #may} stays the same.
     */
    Object rights();

    /** When his token is over; empty when it never is. */
    Optional<Instant> expires();

    /**
     * Why he may do nothing any more, in one sentence, such as an expired or revoked token; empty
     * while he may.
     */
    Optional<String> ended(Instant now);

    /**
     * Goes on only when this is allowed.
     *
     * @throws HttpProblem 403 with a sentence that names the missing grant
     */
    default void require(Permission permission, Channel channel) {
        if (!may(permission, channel)) {
            throw new HttpProblem(403, "Forbidden", missing(permission.word() + ":" + channel));
        }
    }

    /**
     * Goes on only when he is an admin.
     *
     * @throws HttpProblem 403 with a sentence
     */
    default void requireAdmin() {
        if (!admin()) {
            throw new HttpProblem(403, "Forbidden", missing(Permission.ADMIN.word()));
        }
    }

    /** A sentence about a grant that he has not. */
    default String missing(String grant) {
        return "'%s' needs the grant '%s': ask an admin of this gateway for it."
                .formatted(name(), grant);
    }

    /** Who made the request, as the filter in front of all handlers found out. */
    static Caller of(ServerRequest request) {
        return request.context()
                .get(Caller.class)
                .orElseThrow(() -> new IllegalStateException("Nobody asked who this is."));
    }
}
