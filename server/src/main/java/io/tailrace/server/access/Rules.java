package io.tailrace.server.access;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The grants of one principal, ready to be asked for every entry that is sent. Immutable. */
final class Rules {

    private final Map<Permission, List<ChannelPattern>> patterns = new EnumMap<>(Permission.class);
    private final boolean admin;

    Rules(Collection<Grant> grants, String user) {
        for (Permission permission : Permission.values()) {
            patterns.put(
                    permission,
                    grants.stream()
                            .filter(g -> g.permission() == permission)
                            .filter(g -> permission != Permission.ADMIN)
                            .map(g -> g.channels(user))
                            .flatMap(Optional::stream)
                            .distinct()
                            .toList());
        }
        admin = grants.stream().anyMatch(g -> g.permission() == Permission.ADMIN);
    }

    boolean allow(Permission permission, Channel channel) {
        if (permission == Permission.ADMIN) {
            return admin;
        }
        for (ChannelPattern pattern : patterns.getOrDefault(permission, List.of())) {
            if (pattern.matches(channel)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is allowed on any channel. */
    boolean allowAnywhere(Permission permission) {
        return permission == Permission.ADMIN
                ? admin
                : !patterns.getOrDefault(permission, List.of()).isEmpty();
    }

    boolean admin() {
        return admin;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Rules that
                        && admin == that.admin
                        && patterns.equals(that.patterns));
    }

    @Override
    public int hashCode() {
        return patterns.hashCode();
    }
}
