package io.tailrace.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;

import io.tailrace.server.settings.JwtSettings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;

/**
 * Gets the issuer's public keys: from a file, from an address, or from where the issuer's OpenID
 * configuration says. Any thread; a call blocks for a few seconds at most.
 */
final class KeyFetch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JwtSettings settings;
    private final HttpClient http;

    KeyFetch(JwtSettings settings) {
        this.settings = settings;
        // A redirect could lead to whoever controls a page of the issuer.
        http =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /**
     * The keys.
     *
     * @throws IOException with words that say what did not work
     */
    JWKSet keys() throws IOException {
        URI given = settings.keys();
        try {
            String json =
                    given != null && "file".equals(given.getScheme())
                            ? Files.readString(Path.of(given))
                            : get(given == null ? discovered() : given);
            return JWKSet.parse(json);
        } catch (ParseException e) {
            throw new IOException("what came is no JSON Web Key Set", e);
        }
    }

    private URI discovered() throws IOException {
        String issuer = settings.issuer();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode found = JSON.readTree(get(URI.create(base + "/.well-known/openid-configuration")));
        if (!found.path("issuer").asText().equals(issuer)) {
            throw new IOException("its OpenID configuration names another issuer");
        }
        try {
            URI keys = URI.create(found.path("jwks_uri").asText());
            if (!JwtSettings.safe(keys)) {
                throw new IOException("its OpenID configuration names keys that are not on https");
            }
            return keys;
        } catch (IllegalArgumentException e) {
            throw new IOException("its OpenID configuration names no keys", e);
        }
    }

    private String get(URI uri) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .header("Accept", "application/json")
                        .build();
        try {
            HttpResponse<InputStream> response =
                    http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException(uri + " answered " + response.statusCode());
                }
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new IOException(uri + " answered with more than 1 MiB");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
