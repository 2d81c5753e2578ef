package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * The files for https.
 *
 * @param certificate the certificate and those that issued it, PEM
 * @param key its private key, PEM
 */
public record TlsSettings(Path certificate, Path key) {

    static @Nullable TlsSettings of(SettingValues values) {
        Path certificate = values.of(SettingKey.TLS_CERTIFICATE).file();
        Path key = values.of(SettingKey.TLS_KEY).file();
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new SettingsException(
                    "Setting '%s' is missing: https needs both tls-certificate and tls-key."
                            .formatted(certificate == null ? "tls-certificate" : "tls-key"));
        }
        return new TlsSettings(certificate, key);
    }
}
