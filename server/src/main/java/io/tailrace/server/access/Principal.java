package io.tailrace.server.access;

import io.tailrace.model.Channel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who showed a token. His grants are looked up again whenever any have changed, so streams
 * that are open already follow. Thread-safe.
 */
final class Principal implements Caller {

    private final Access access;
    private final Credential credential;
    private volatile @Nullable Known known;

    /** The rules at a version. */
    private record Known(long version, Rules rules) {}

    Principal(Access access, Credential credential) {
        this.access = access;
        this.credential = credential;
    }

    @Override
    public String name() {
        return credential.name();
    }

    @Override
    public boolean may(Permission permission, Channel channel) {
        if (permission == Permission.SUBSCRIBE && channel.type().equals("session")) {
            return access.owns(channel, name()) || rules().allow(permission, channel);
        }
        return rules().allow(permission, channel);
    }

    @Override
    public boolean mayAnywhere(Permission permission) {
        return rules().allowAnywhere(permission);
    }

    @Override
    public boolean admin() {
        return rules().admin();
    }

    @Override
    public long version() {
        return access.version();
    }

    @Override
    public Object rights() {
        return rules();
    }

    @Override
    public Optional<Instant> expires() {
        return Optional.ofNullable(credential.expires());
    }

    @Override
    public Optional<String> ended(Instant now) {
        Instant expires = credential.expires();
        if (expires != null && !now.isBefore(expires)) {
            return Optional.of("The token expired at " + expires + ": come back with a new one.");
        }
        return access.revoked(credential)
                ? Optional.of("The token was revoked: ask an admin of this gateway for another.")
                : Optional.empty();
    }

    /** Whether it is the same token: then both may always do the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Principal that
                && access == that.access
                && credential.equals(that.credential);
    }

    @Override
    public int hashCode() {
        return credential.hashCode();
    }

    private Rules rules() {
        Known last = known;
        long version = access.version(); // before the lookup: a change in between is seen next time
        if (last == null || last.version() != version) {
            Rules fresh = new Rules(access.grants(credential), name());
            if (last != null && last.rules().equals(fresh)) {
                fresh = last.rules(); // quick to compare
            }
            last = new Known(version, fresh);
            known = last;
        }
        return last.rules();
    }
}
