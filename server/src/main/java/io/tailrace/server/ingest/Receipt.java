package io.tailrace.server.ingest;

import io.helidon.webserver.http.ServerRequest;
import io.tailrace.server.http.HttpProblem;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What is remembered under an idempotency key: the request's fingerprint, then the reply. So a key
 * that is used again for something else is noticed, instead of answered as if that were stored.
 *
 * @param fingerprint of this request: where it goes and its body; must not change
 */
record Receipt(byte[] fingerprint) {

    static Receipt of(ServerRequest request, byte[] body) {
        MessageDigest digest = sha256();
        String target =
                request.prologue().uriPath().rawPath() + '?' + request.query().rawValue() + '\n';
        digest.update(target.getBytes(StandardCharsets.UTF_8));
        return new Receipt(digest.digest(body));
    }

    /** To be remembered. */
    byte[] with(byte[] reply) {
        byte[] all = Arrays.copyOf(fingerprint, fingerprint.length + reply.length);
        System.arraycopy(reply, 0, all, fingerprint.length, reply.length);
        return all;
    }

    /**
     * The reply in what is remembered.
     *
     * @throws HttpProblem 422 when that was another request
     */
    byte[] reply(byte[] remembered) {
        int length = fingerprint.length;
        if (remembered.length < length
                || !Arrays.equals(fingerprint, 0, length, remembered, 0, length)) {
            throw new HttpProblem(
                    422,
                    "Key used before",
                    "This Idempotency-Key came before with another request, so nothing of this one"
                            + " was stored: use a new key for new events.");
        }
        return Arrays.copyOfRange(remembered, length, remembered.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
