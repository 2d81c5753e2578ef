package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;

import java.util.function.Predicate;

/**
 * What a caller may read, as of a version of his grants. Equal for the same caller and version, so
 * that his streams share what is read for them.
 */
record Allowed(Caller caller, long version) implements Predicate<Channel> {

    /** Whether an answer may have changed since. */
    boolean stale() {
        return caller.version() != version;
    }

    @Override
    public boolean test(Channel channel) {
        return caller.may(Permission.SUBSCRIBE, channel);
    }
}
