package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.helidon.webserver.WebServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** A gateway that takes the JWTs of an issuer, which answers over HTTP here. */
class JwtIT {

    private final ECKey key = key("k1");
    private volatile String keys = new JWKSet(key).toString();
    private volatile String named = "";
    private WebServer issuer;

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void serve() {
        issuer =
                WebServer.builder()
                        .port(0)
                        .routing(routing ->
                                routing.get(
                                                "/.well-known/openid-configuration",
                                                (_, response) ->
                                                        response.send(
                                                                """
                                                                {"issuer":"%s","jwks_uri":"%s/keys"}
                                                                """
                                                                        .formatted(named, uri())))
                                        .get("/keys", (_, response) -> response.send(keys)))
                        .build()
                        .start();
        named = uri();
    }

    @AfterEach
    void stop() {
        issuer.stop();
    }

    private String uri() {
        return "http://localhost:" + issuer.port();
    }

    private TestGateway gateway(String... further) {
        String[] options = new String[further.length + 2];
        options[0] = "--jwt-issuer=" + uri();
        options[1] = "--jwt-audience=tailrace";
        System.arraycopy(further, 0, options, 2, further.length);
        return new TestGateway(options);
    }

    private String token(ECKey with, String subject, List<String> groups, String... grants)
            throws JOSEException {
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(with.getKeyID()).build(),
                        new JWTClaimsSet.Builder()
                                .issuer(uri())
                                .audience("tailrace")
                                .subject(subject)
                                .claim("groups", groups)
                                .claim("tailrace", List.of(grants))
                                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                .build());
        jwt.sign(new ECDSASigner(with));
        return jwt.serialize();
    }

    private static HttpResponse<String> get(TestGateway gateway, String token, String path)
            throws Exception {
        return gateway.send(gateway.request(path).header("Authorization", "Bearer " + token));
    }

    @Test
    void findsTheKeysByDiscoveryAndFollowsTheGrantsInTheToken() throws Exception {
        try (TestGateway gateway = gateway()) {
            assertThat(gateway.get("/api/runs").statusCode()).isEqualTo(401);
            String plain = token(key, "alice", List.of(), "subscribe:runs:acme:*");
            String admin = token(key, "root", List.of(), "admin");

            assertThat(get(gateway, plain, "/api/runs/acme/w/r").statusCode()).isEqualTo(404);
            assertThat(get(gateway, plain, "/api/runs/shop/w/r").statusCode()).isEqualTo(403);
            assertThat(get(gateway, plain, "/metrics").statusCode()).isEqualTo(403);
            assertThat(get(gateway, admin, "/metrics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void groupsAndSubjectsHaveTheGrantsOfTheFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("grants.json");
        Files.writeString(
                file,
                """
                {"principals": {"alice@acme.example": ["subscribe:runs:acme:*"]},
                 "groups": {"ops/eu.west": ["admin"]}}
                """);
        try (TestGateway gateway = gateway("--grants-file=" + file)) {
            String alice = token(key, "alice@acme.example", List.of());
            String bob = token(key, "bob", List.of("ops/eu.west"));

            assertThat(get(gateway, alice, "/api/runs/acme/w/r").statusCode()).isEqualTo(404);
            assertThat(get(gateway, alice, "/metrics").statusCode()).isEqualTo(403);
            assertThat(get(gateway, bob, "/metrics").statusCode()).isEqualTo(200);
            assertThat(get(gateway, bob, "/api/runs/acme/w/r").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void anIssuerThatDoesNotAnswerOrLiesLetsNobodyIn() throws Exception {
        named = "https://somebody.else";
        try (TestGateway gateway = gateway()) {
            HttpResponse<String> response =
                    get(gateway, token(key, "alice", List.of(), "admin"), "/metrics");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).isPresent();
            assertThat(response.body()).contains("try again later").doesNotContain("somebody");
        }
        try (TestGateway gateway = gateway("--jwt-jwks=http://localhost:1/keys")) {
            assertThat(get(gateway, token(key, "a", List.of(), "admin"), "/metrics").statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void keysInAFileAreFollowed(@TempDir Path directory) throws Exception {
        ECKey next = key("k2");
        Path file = directory.resolve("keys.json");
        Files.writeString(file, keys);
        try (TestGateway gateway = gateway("--jwt-jwks=" + file)) {
            String old = token(key, "root", List.of(), "admin");
            String fresh = token(next, "root", List.of(), "admin");
            assertThat(get(gateway, old, "/metrics").statusCode()).isEqualTo(200);
            assertThat(get(gateway, fresh, "/metrics").statusCode()).isEqualTo(401);

            Files.writeString(file, new JWKSet(next).toString());
            await().until(() -> get(gateway, fresh, "/metrics").statusCode() == 200);
            assertThat(get(gateway, old, "/metrics").statusCode()).isEqualTo(401);
        }
    }
}
