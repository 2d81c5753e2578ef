package io.tailrace.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;

import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.settings.JwtSettings;

import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes JWTs of one issuer: signed by one of its public keys in one of the algorithms that were
 * set, meant for this gateway, and valid now, give or take a minute. What a token says about keys
 * or algorithms beyond that is never believed. Thread-safe.
 */
final class JwtVerifier implements AutoCloseable {

    /** How far the issuer's clock may be off. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_GRANTS = 1_000;

    private final KeyFetch fetch;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String grantsClaim;

    JwtVerifier(JwtSettings settings, KeyFetch fetch, KeyCache keys, InstantSource clock) {
        this.fetch = fetch;
        grantsClaim = settings.grantsClaim();
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        new HashSet<>(
                                Arrays.asList(
                                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null))));
        processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
    }

    /** With the keys that the settings name; a file of keys is watched. */
    static JwtVerifier of(JwtSettings settings, FileWatch files, InstantSource clock) {
        var fetch = new KeyFetch(settings);
        var keys = new KeyCache(fetch::keys, clock);
        URI where = settings.keys();
        if (where != null && "file".equals(where.getScheme())) {
            files.watch(Path.of(where), keys::forget);
        }
        return new JwtVerifier(settings, fetch, keys, clock);
    }

    /**
     * What a JWT says.
     *
     * @throws HttpProblem 401 when it is not accepted, 503 when the keys cannot be had
     */
    Credential.Jwt verified(String text) {
        if (text.length() > MAX_LENGTH) {
            throw Access.refused("it is too long");
        }
        try {
            return credential(processor.process(SignedJWT.parse(text), null));
        } catch (ParseException e) {
            throw Access.refused("it is neither an API token of this gateway nor a signed JWT");
        } catch (ExpiredJWTException e) {
            throw Access.refused("it has expired");
        } catch (BadJWTException e) {
            throw Access.refused(
                    "its issuer, its audience or its times are not those that this gateway takes");
        } catch (KeySourceException e) {
            throw new HttpProblem(
                    503,
                    "Not available",
                    "JWTs cannot be checked now, because the issuer's keys cannot be fetched; try"
                            + " again later. The gateway's log says why.");
        } catch (BadJOSEException | JOSEException e) {
            throw Access.refused("its signature, algorithm or key is not one of the issuer's");
        }
    }

    private Credential.Jwt credential(JWTClaimsSet claims) throws BadJWTException {
        String name = claims.getSubject();
        Names.objection(name)
                .ifPresent(why -> {
                    String reason = why.substring(0, why.length() - 1); // without its full stop
                    throw Access.refused("its subject cannot be a name here. " + reason);
                });
        Instant expires = claims.getExpirationTime().toInstant().plus(SKEW);
        return new Credential.Jwt(
                name, texts(claims, "groups"), grants(texts(claims, grantsClaim)), expires);
    }

    /** A list of texts, or texts in one with spaces between; what else is there means nothing. */
    private static List<String> texts(JWTClaimsSet claims, String name) {
        Object value = claims.getClaim(name);
        if (value instanceof String text) {
            return List.of(text.strip().split("\\s+", MAX_GRANTS));
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** The same claim may have words for others, so those that are no grants are passed over. */
    private static List<Grant> grants(List<String> texts) {
        List<Grant> grants = new ArrayList<>();
        for (String text : texts) {
            try {
                grants.add(Grant.parse(text));
            } catch (IllegalArgumentException e) {
                // not for this gateway
            }
        }
        return grants;
    }

    @Override
    public void close() {
        fetch.close();
    }

    /** The claims that every token must have, by the gateway's clock. */
    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final InstantSource clock;

        Claims(JwtSettings settings, InstantSource clock) {
            super(
                    Set.copyOf(settings.audiences()),
                    new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                    Set.of("exp", "sub"),
                    Set.of());
            this.clock = clock;
            setMaxClockSkew((int) SKEW.toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
