package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Which JWTs are taken.
 *
 * @param issuer who issued them
 * @param audiences whom they must be meant for: one of these
 * @param algorithms how they may be signed; only ones with a public key
 * @param keys where the public keys are; null to ask the issuer
 * @param grantsClaim the claim that lists grants
 */
public record JwtSettings(
        String issuer,
        List<String> audiences,
        List<String> algorithms,
        @Nullable URI keys,
        String grantsClaim) {

    private static final Set<String> PUBLIC_KEY_ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    /** Copies the lists. */
    public JwtSettings {
        audiences = List.copyOf(audiences);
        algorithms = List.copyOf(algorithms);
    }

    static @Nullable JwtSettings of(SettingValues values) {
        String issuer = values.of(SettingKey.JWT_ISSUER).text().strip();
        List<String> audiences = values.of(SettingKey.JWT_AUDIENCE).list();
        SettingValue keys = values.of(SettingKey.JWT_JWKS);
        if (issuer.isEmpty() && audiences.isEmpty() && keys.text().isBlank()) {
            return null;
        }
        if (issuer.isEmpty() || audiences.isEmpty()) {
            throw new SettingsException(
                    "Setting '%s' is missing: JWTs are only taken from a known issuer and when they"
                                    .formatted(issuer.isEmpty() ? "jwt-issuer" : "jwt-audience")
                            + " are meant for this gateway, so both must be set.");
        }
        if (keys.text().isBlank() && !safe(uri(values.of(SettingKey.JWT_ISSUER)))) {
            throw values.of(SettingKey.JWT_ISSUER).wrong();
        }
        return new JwtSettings(
                issuer,
                audiences,
                algorithms(values.of(SettingKey.JWT_ALGORITHMS)),
                keys.text().isBlank() ? null : keys(keys),
                values.of(SettingKey.JWT_GRANTS_CLAIM).text().strip());
    }

    private static List<String> algorithms(SettingValue value) {
        List<String> algorithms = value.list();
        if (algorithms.isEmpty() || !PUBLIC_KEY_ALGORITHMS.containsAll(algorithms)) {
            throw value.wrong();
        }
        return algorithms;
    }

    private static URI keys(SettingValue value) {
        if (!value.text().contains("://")) {
            Path file = value.file();
            if (file != null) {
                return file.toUri();
            }
        }
        URI uri = uri(value);
        if (!safe(uri)) {
            throw value.wrong();
        }
        return uri;
    }

    /**
     * Whether keys may come from there: who can change them on their way can be anybody here, so
     * only by https, or from this machine.
     */
    public static boolean safe(URI uri) {
        String host = String.valueOf(uri.getHost());
        boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        return uri.getHost() != null
                && ("https".equals(uri.getScheme()) || (here && "http".equals(uri.getScheme())));
    }

    private static URI uri(SettingValue value) {
        try {
            return URI.create(value.text().strip());
        } catch (IllegalArgumentException e) {
            throw value.wrong();
        }
    }
}
