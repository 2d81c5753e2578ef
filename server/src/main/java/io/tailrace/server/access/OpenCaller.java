package io.tailrace.server.access;

import io.tailrace.model.Channel;

import java.time.Instant;
import java.util.Optional;

/** Whoever comes to a gateway while it is open; may do nothing any more once it is not. */
final class OpenCaller implements Caller {

    static final String NAME = "anybody";

    private final Access access;

    OpenCaller(Access access) {
        this.access = access;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean known() {
        return false;
    }

    @Override
    public boolean may(Permission permission, Channel channel) {
        return access.open();
    }

    @Override
    public boolean mayAnywhere(Permission permission) {
        return access.open();
    }

    @Override
    public boolean admin() {
        return access.open();
    }

    @Override
    public long version() {
        return access.version();
    }

    @Override
    public Object rights() {
        return access.open();
    }

    @Override
    public Optional<Instant> expires() {
        return Optional.empty();
    }

    @Override
    public Optional<String> ended(Instant now) {
        return access.open()
                ? Optional.empty()
                : Optional.of("This gateway has API tokens now: come back with one.");
    }
}
