package io.tailrace.desktop;

import io.tailrace.server.Gateway;
import io.tailrace.server.settings.Settings;

import java.net.URI;
import java.util.Map;

/** Gateways in the process of a test. */
final class Gateways {

    private Gateways() {}

    /** One that keeps nothing, on a free port. */
    static Gateway inMemory() {
        return Gateway.start(Settings.load(new String[] {"--port=0", "--store=memory"}, Map.of()));
    }

    /** Where it listens. */
    static URI address(Gateway gateway) {
        return URI.create("http://127.0.0.1:" + gateway.port());
    }
}
