package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;

/**
 * Who may do what.
 *
 * @param tokens the file with API tokens; null to keep them in memory only
 * @param kept the file with the grants that admins set; null to keep them in memory only
 * @param grants a file with grants that somebody writes by hand, or null
 * @param jwt which JWTs are taken, or null for none
 * @param remoteAllowed whether everybody may come from other machines when nothing else is set
 */
public record AccessSettings(
        @Nullable Path tokens,
        @Nullable Path kept,
        @Nullable Path grants,
        @Nullable JwtSettings jwt,
        boolean remoteAllowed) {

    static AccessSettings of(SettingValues values, Map<String, String> environment) {
        Path directory = directory(values, environment);
        Path tokens = values.of(SettingKey.TOKENS_FILE).file();
        if (tokens == null && directory != null) {
            tokens = directory.resolve("tokens.json");
        }
        return new AccessSettings(
                tokens,
                directory == null ? null : directory.resolve("grants.json"),
                grants(values.of(SettingKey.GRANTS_FILE)),
                JwtSettings.of(values),
                values.of(SettingKey.INSECURE_ALLOW_REMOTE).flag());
    }

    /** A gateway that forgets its events forgets its tokens, unless somebody names a directory. */
    private static @Nullable Path directory(SettingValues values, Map<String, String> environment) {
        SettingValue data = values.of(SettingKey.DATA);
        boolean memory = values.of(SettingKey.STORE).word("rocksdb", "memory").equals("memory");
        return memory && data.text().isBlank()
                ? null
                : StoreSettings.data(data, environment).resolve("access");
    }

    private static @Nullable Path grants(SettingValue value) {
        Path file = value.file();
        if (file != null && !file.toString().matches(".*\\.(conf|json)")) {
            throw value.wrong();
        }
        return file;
    }
}
