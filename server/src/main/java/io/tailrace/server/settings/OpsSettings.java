package io.tailrace.server.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the gateway is operated.
 *
 * @param drainDelay how long it says that it is not ready before streams end
 * @param drainTimeout how long requests that are under way have to end
 * @param selfCheck how often it tries itself; zero for never
 * @param accessLog which requests the log tells of
 * @param otlpEndpoint where traces are sent; empty for nowhere
 * @param otlpSampling percent of requests that are traced
 */
public record OpsSettings(
        Duration drainDelay,
        Duration drainTimeout,
        Duration selfCheck,
        Logged accessLog,
        Optional<URI> otlpEndpoint,
        int otlpSampling) {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    /** Which requests the log tells of. */
    public enum Logged {
        /** All. */
        ON,
        /** Those that were refused or failed. */
        ERRORS,
        /** None. */
        OFF
    }

    static OpsSettings of(SettingValues values) {
        return new OpsSettings(
                values.of(SettingKey.DRAIN_DELAY).time(Duration.ZERO, FIVE_MINUTES),
                values.of(SettingKey.DRAIN_TIMEOUT).time(Duration.ofSeconds(1), FIVE_MINUTES),
                values.of(SettingKey.SELF_CHECK).time(Duration.ZERO, Duration.ofHours(1)),
                logged(values.of(SettingKey.ACCESS_LOG)),
                endpoint(values.of(SettingKey.OTLP_ENDPOINT)),
                (int) values.of(SettingKey.OTLP_SAMPLING).number(0, 100));
    }

    private static Logged logged(SettingValue value) {
        return switch (value.word("on", "errors", "off")) {
            case "on" -> Logged.ON;
            case "errors" -> Logged.ERRORS;
            default -> Logged.OFF;
        };
    }

    private static Optional<URI> endpoint(SettingValue value) {
        if (value.text().isBlank()) {
            return Optional.empty();
        }
        if (!value.text().strip().matches("https?://[^/\\s]+(/\\S*)?")) {
            throw value.wrong();
        }
        try {
            return Optional.of(URI.create(value.text().strip()));
        } catch (IllegalArgumentException e) {
            throw value.wrong();
        }
    }
}
