package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLContext;

/**
 * How a client comes to a gateway: who it says it is, and which certificates it believes.
 *
 * <p>The token travels in the header {@code Authorization} only: never in a URL, and never in a
 * text of this library.
 *
 * @param token who we are
 * @param tls which certificates count for {@code https}; null for those of the Java runtime
 */
public record Access(TokenSource token, @Nullable SSLContext tls) {

    private static final int LONGEST_TOKEN = 16 * 1024;

    /** Nobody in particular, with the Java runtime's certificates. */
    public static Access open() {
        return new Access(TokenSource.none(), null);
    }

    /**
     * With the token that the environment names, see {@link TokenSource#from}.
     *
     * @param environment such as {@link System#getenv()}
     */
    public static Access from(Map<String, String> environment) {
        return open().withToken(TokenSource.from(environment));
    }

    /** With another token. */
    public Access withToken(TokenSource other) {
        return new Access(other, tls);
    }

    /**
     * Believing only certificates that these authorities have signed, or these very ones.
     *
     * @param pem a file with one or more certificates in PEM
     * @throws IllegalArgumentException with a sentence when it cannot be read or holds none
     */
    public Access withCertificates(Path pem) {
        return new Access(token, PemTrust.of(pem));
    }

    /** Whether what is sent to that address never leaves this machine. */
    public static boolean local(URI gateway) {
        return GatewayAddress.loopback(gateway);
    }

    /** Puts the certificates into a client that is being built. */
    public HttpClient.Builder prepare(HttpClient.Builder client) {
        return tls == null ? client : client.sslContext(tls);
    }

    /**
     * Puts the token of now into a request that is being built.
     *
     * @throws TokenUnavailableException with a sentence when there is none to be had
     */
    public HttpRequest.Builder sign(HttpRequest.Builder request) {
        Optional<String> now = token.current();
        if (now.isPresent()) {
            request.setHeader("Authorization", "Bearer " + checked(now.get()));
        }
        return request;
    }

    /** What people should know about a token on its way to that address; empty when all is well. */
    public Optional<String> warning(URI gateway) {
        if (!"http".equalsIgnoreCase(gateway.getScheme()) || GatewayAddress.loopback(gateway)) {
            return Optional.empty();
        }
        try {
            return token.current()
                    .map(_ ->
                            "The token travels to %s unencrypted, for everybody on the way to read. Use an https:// address."
                                    .formatted(gateway.getAuthority()));
        } catch (TokenUnavailableException e) {
            return Optional.empty(); // whoever connects will say so
        }
    }

    private static String checked(String token) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            throw new TokenUnavailableException(
                    "The token is empty or longer than 16 KiB. Check where it comes from.");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new TokenUnavailableException(
                    "The token has spaces or other characters that no token has. Check where it"
                            + " comes from.");
        }
        return token;
    }
}
