package io.tailrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.settings.JwtSettings;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

class JwtVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final JwtSettings SETTINGS =
            new JwtSettings(
                    "https://issuer.example",
                    List.of("tailrace", "other"),
                    List.of("RS256", "ES256"),
                    null,
                    "tailrace");

    private static RSAKey rsa;
    private static RSAKey strange;
    private static ECKey ec;

    private final JwtVerifier verifier =
            verifier(() -> new JWKSet(List.of(rsa, ec)).toPublicJWKSet());

    @BeforeAll
    static void keys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
        strange = new RSAKeyGenerator(2048).keyID("r1").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
    }

    private static JwtVerifier verifier(KeyCache.Fetch fetch) {
        return new JwtVerifier(
                SETTINGS, new KeyFetch(SETTINGS), new KeyCache(fetch, () -> NOW), () -> NOW);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://issuer.example")
                .audience("tailrace")
                .subject("alice")
                .expirationTime(Date.from(NOW.plusSeconds(600)));
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r1").build(), key, claims);
    }

    private static String signed(JWSHeader header, RSAKey key, JWTClaimsSet claims)
            throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private void refused(String token, String why) {
        assertThatThrownBy(() -> verifier.verified(token))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> {
                            assertThat(problem.status()).isEqualTo(401);
                            assertThat(problem.detail()).contains(why).endsWith(".");
                            assertThat(problem.detail()).doesNotContain(token.substring(0, 5));
                        });
    }

    @Test
    void takesWhatTheIssuerSigned() throws JOSEException {
        JWTClaimsSet claims =
                claims().claim("groups", List.of("ops"))
                        .claim("tailrace", List.of("subscribe:logs:acme:*", "not a grant", 3))
                        .build();
        Credential.Jwt taken = verifier.verified(signed(rsa, claims));

        assertThat(taken.name()).isEqualTo("alice");
        assertThat(taken.groups()).containsExactly("ops");
        assertThat(taken.grants()).containsExactly(Grant.parse("subscribe:logs:acme:*"));
        assertThat(taken.expires()).isEqualTo(NOW.plusSeconds(660));
    }

    @Test
    void takesEllipticCurvesAndTheTypeOfAccessTokens() throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID("e1")
                        .type(new JOSEObjectType("at+jwt"))
                        .build();
        SignedJWT jwt = new SignedJWT(header, claims().build());
        jwt.sign(new ECDSASigner(ec));

        assertThat(verifier.verified(jwt.serialize()).name()).isEqualTo("alice");
    }

    @Test
    void refusesTheNamesOfSources() throws JOSEException {
        refused(
                signed(rsa, claims().subject("source:orders").build()),
                "cannot be a name here. Names that begin with 'source:' are");
    }

    @Test
    void refusesTokensWithoutASignature() {
        String plain = new PlainJWT(claims().build()).serialize();
        refused(plain, "neither an API token");
        String none = encoded("{\"alg\":\"NONE\"}") + "." + encoded("{\"sub\":\"alice\"}") + ".";
        refused(none, "neither an API token");
    }

    @Test
    void refusesThePublicKeyAsASecret() throws Exception {
        byte[] published = rsa.toRSAPublicKey().getEncoded();
        byte[] pem =
                ("-----BEGIN PUBLIC KEY-----\n"
                                + Base64.getMimeEncoder().encodeToString(published)
                                + "\n-----END PUBLIC KEY-----\n")
                        .getBytes(StandardCharsets.US_ASCII);
        for (byte[] secret : List.of(published, pem)) {
            SignedJWT jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build(),
                            claims().build());
            jwt.sign(new MACSigner(secret));
            refused(jwt.serialize(), "its signature, algorithm or key");
        }
    }

    @Test
    void refusesAnotherKeyUnderTheSameName() throws JOSEException {
        refused(signed(strange, claims().build()), "its signature");
    }

    @Test
    void refusesKeysThatTheTokenBringsItself() throws Exception {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwk(strange.toPublicJWK())
                        .jwkURL(URI.create("https://evil.example/keys"))
                        .keyID("r1")
                        .build();
        refused(signed(header, strange, claims().build()), "its signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "r1\u0000", "R1", "file:///dev/null", "' or 1=1"})
    void aKeyIsFoundByItsExactNameOnly(String name) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(name).build();
        refused(signed(header, rsa, claims().build()), "its signature, algorithm or key");
    }

    @Test
    void refusesAlgorithmsThatWereNotSet() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("r1").build();
        refused(signed(header, rsa, claims().build()), "its signature, algorithm or key");
    }

    @Test
    void refusesChangedClaims() throws JOSEException {
        String[] parts = signed(rsa, claims().build()).split("\\.", -1);
        String forged = encoded(claims().subject("root").build().toString());
        refused(parts[0] + "." + forged + "." + parts[2], "its signature");
    }

    @Test
    void timesHaveAMinuteOfSlack() throws JOSEException {
        Date justOver = Date.from(NOW.minusSeconds(59));
        Date over = Date.from(NOW.minusSeconds(61));
        Date justBefore = Date.from(NOW.plusSeconds(59));
        Date before = Date.from(NOW.plusSeconds(61));

        assertThat(verifier.verified(signed(rsa, claims().expirationTime(justOver).build())))
                .isNotNull();
        assertThat(verifier.verified(signed(rsa, claims().notBeforeTime(justBefore).build())))
                .isNotNull();
        refused(signed(rsa, claims().expirationTime(over).build()), "has expired");
        refused(signed(rsa, claims().notBeforeTime(before).build()), "its times");
        refused(signed(rsa, claims().expirationTime(null).build()), "its times");
    }

    @Test
    void refusesOtherIssuersAudiencesAndSubjects() throws JOSEException {
        refused(signed(rsa, claims().issuer("https://issuer.example/").build()), "its issuer");
        refused(signed(rsa, claims().issuer(null).build()), "its issuer");
        refused(signed(rsa, claims().audience("elsewhere").build()), "its audience");
        refused(signed(rsa, claims().audience((String) null).build()), "its audience");
        refused(signed(rsa, claims().subject(null).build()), "not those");
        refused(signed(rsa, claims().subject("anybody").build()), "its subject");
        refused(signed(rsa, claims().subject("a\r\nX-Admin: 1").build()), "its subject");
        refused(signed(rsa, claims().subject("a\u202Eb").build()), "its subject");
        refused(signed(rsa, claims().subject("x".repeat(300)).build()), "its subject");
    }

    @Test
    void refusesWhatIsNoTokenAtAll() throws JOSEException {
        refused("x".repeat(100_000), "too long");
        refused("eyJhbGciOiJSUzI1NiJ9..", "");
        refused("a.b.c.d.e", "neither");
        refused("\u0001\u0002.\u0003.\u0004", "neither");
        refused(encoded("{\"alg\":\"RS256\",\"crit\":[\"x\"],\"x\":1}") + ".e30.AAAA", "");
        refused(encoded("[".repeat(3_000)) + ".e30.AAAA", "neither");
    }

    @Test
    void saysThatKeysCannotBeHadInsteadOfLettingIn() throws JOSEException {
        JwtVerifier blind =
                verifier(() -> {
                    throw new IOException("https://issuer.example/keys answered 500");
                });
        String token = signed(rsa, claims().build());

        assertThatThrownBy(() -> blind.verified(token))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> {
                            assertThat(problem.status()).isEqualTo(503);
                            assertThat(problem.detail()).contains("try again later");
                        });
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
