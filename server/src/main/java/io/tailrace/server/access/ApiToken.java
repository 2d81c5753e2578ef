package io.tailrace.server.access;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of an API token: enough to recognise it, too little to make it.
 *
 * @param id finds it; not secret
 * @param name the principal who has it; several tokens may have one principal
 * @param hash SHA-256 of the secret, in hexadecimal digits
 * @param grants what it allows
 * @param created when
 * @param expires when it is over, or null
 */
public record ApiToken(
        String id,
        String name,
        String hash,
        List<Grant> grants,
        Instant created,
        @Nullable Instant expires) {

    private static final Pattern TEXT = Pattern.compile("trc_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Copies the list. */
    public ApiToken {
        grants = List.copyOf(grants);
    }

    /**
     * A new token and its only text.
     *
     * @param text what its owner sends; shown once
     */
    public record Issued(ApiToken token, String text) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Issued[" + token.id() + "]";
        }
    }

    /** What somebody sends who has a token. */
    record Presented(String id, String secret) {

        /** Reads a text; empty when it is no API token. */
        static Optional<Presented> of(String text) {
            Matcher matcher = TEXT.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Presented(matcher.group(1), matcher.group(2)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return "Presented[" + id + "]";
        }
    }

    static Issued issue(
            String name, List<Grant> grants, Instant created, @Nullable Instant expires) {
        byte[] id = new byte[6];
        byte[] secret = new byte[32];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(secret);
        String hex = HexFormat.of().formatHex(id);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        ApiToken token = new ApiToken(hex, name, hashOf(text), grants, created, expires);
        return new Issued(token, "trc_" + hex + "_" + text);
    }

    /** Whether this is its secret; takes as long for a wrong one as for the right one. */
    boolean matches(String secret) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                hashOf(secret).getBytes(StandardCharsets.US_ASCII));
    }

    boolean over(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    private static String hashOf(String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
