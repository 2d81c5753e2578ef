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
                bind(values.of(SettingKey.BIND)),
                (int) values.of(SettingKey.PORT).number(0, 65_535),
                values.of(SettingKey.HOSTS).list(),
                origins(values.of(SettingKey.CORS_ORIGINS)));
    }

    private static InetAddress bind(SettingValue value) {
        try {
            if (!value.text().isBlank()) {
                return InetAddress.getByName(value.text().strip());
            }
        } catch (UnknownHostException e) {
            // said below
        }
        throw value.wrong();
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
