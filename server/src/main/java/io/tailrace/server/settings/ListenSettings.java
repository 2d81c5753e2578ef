package io.tailrace.server.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where the gateway listens, and to whom.
 *
 * @param bind the address
 * @param port the port; 0 takes a free one
 * @param hosts further names that requests may use for the gateway
 * @param corsOrigins web pages that may use it, beside those on this machine; {@code *} for all
 */
public record ListenSettings(
        InetAddress bind, int port, List<String> hosts, List<String> corsOrigins) {

    /** Copies the lists. */
    public ListenSettings {
        hosts = List.copyOf(hosts);
        corsOrigins = List.copyOf(corsOrigins);
    }

    static ListenSettings of(SettingValues values) {
        return new ListenSettings(
                bind(values),
                (int) values.of(SettingKey.PORT).number(0, 65_535),
                values.of(SettingKey.HOSTS).list(),
                origins(values.of(SettingKey.CORS_ORIGINS)));
    }

    /** Off loopback only when somebody says that this is meant: there is no access control yet. */
    private static InetAddress bind(SettingValues values) {
        SettingValue value = values.of(SettingKey.BIND);
        InetAddress address;
        try {
            if (value.text().isBlank()) {
                throw value.wrong();
            }
            address = InetAddress.getByName(value.text().strip());
        } catch (UnknownHostException e) {
            throw value.wrong();
        }
        boolean allowed = values.of(SettingKey.INSECURE_ALLOW_REMOTE).flag();
        if (!address.isLoopbackAddress() && !allowed) {
            throw new SettingsException(
                    "Setting 'bind' from %s is '%s', where other machines reach the gateway, which"
                                    .formatted(value.source(), value.text())
                            + " has no access control yet: set insecure-allow-remote=true if"
                            + " everybody there may read and write.");
        }
        return address;
    }

    private static List<String> origins(SettingValue value) {
        List<String> origins = value.list();
        for (String origin : origins) {
            if (!origin.equals("*") && !origin.matches("https?://[^/\\s]+")) {
                throw value.wrong();
            }
        }
        return origins;
    }
}
