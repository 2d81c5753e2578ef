package io.tailrace.server;

import io.tailrace.server.access.Access;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import java.net.InetAddress;
import java.util.Optional;

/** What the gateway says about who may come in. */
final class GatewayAccess {

    private GatewayAccess() {}

    /**
     * Whether it may start.
     *
     * @throws SettingsException when other machines reach it and nothing says who may come in
     */
    static void refuseStrangers(Settings settings, Access access) {
        InetAddress bind = settings.listen().bind();
        if (access.open() && !bind.isLoopbackAddress() && !settings.access().remoteAllowed()) {
            throw new SettingsException(
                    "Setting 'bind' is %s, where other machines reach the gateway, but nothing says"
                                    .formatted(bind.getHostAddress())
                            + " who may come in: make an API token (token create --name=…"
                            + " --grant=…), set jwt-issuer and jwt-audience, or set"
                            + " insecure-allow-remote=true if everybody there may read and write.");
        }
    }

    /** What whoever started it should know; empty when callers need tokens. */
    static Optional<String> warning(Access access, InetAddress bind) {
        return access.open()
                ? Optional.of(
                        "It is open: whoever reaches %s may read and write. The first API token"
                                        .formatted(bind.getHostAddress())
                                + " closes it (token create --name=… --grant=…).")
                : Optional.empty();
    }
}
