package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;

import java.util.function.Predicate;

/**
 * What a caller may read, as of his grants at some moment. Equal for the same caller and the same
 * grants, so that his streams share what is read for them.
 */
record Allowed(Caller caller, Object rights) implements Predicate<Channel> {

    /** As of now. */
    Allowed(Caller caller) {
        this(caller, caller.rights());
    }

    /** Whether an answer may have changed since. */
    boolean stale() {
        return !caller.rights().equals(rights);
    }

    @Override
    public boolean test(Channel channel) {
        return caller.may(Permission.SUBSCRIBE, channel);
    }
}
