package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;

import java.time.Instant;
import java.util.Optional;

/** Somebody who may do everything for ever, unless a test says otherwise. */
class NamedCaller implements Caller {

    private final String name;

    NamedCaller(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
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
        return false;
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public Object rights() {
        return name;
    }

    @Override
    public Optional<Instant> expires() {
        return Optional.empty();
    }

    @Override
    public Optional<String> ended(Instant now) {
        return Optional.empty();
    }
}
