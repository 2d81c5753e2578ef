package io.tailrace.server.otlp;

import io.tailrace.server.http.HttpProblem;

/**
 * How much a request may unfold into: two bytes can stand for a whole record in memory. Confined to
 * one thread.
 */
final class Budget {

    /** Messages and numbers of one request; a record with ten attributes has about twenty. */
    static final int MOST = 3_000_000;

    /** Messages within one another. */
    static final int DEEPEST = 100;

    private int left = MOST;

    void spend(int depth) {
        if (depth > DEEPEST) {
            throw malformed("Its values are nested more than %d deep.".formatted(DEEPEST / 2));
        }
        spend();
    }

    void spend() {
        if (--left < 0) {
            throw new HttpProblem(
                    413,
                    "Too large",
                    "The request has more than %,d records and attributes: send fewer at once."
                            .formatted(MOST));
        }
    }

    /** The complaint about a body that cannot be read. */
    static HttpProblem malformed(String reason) {
        return new HttpProblem(
                400,
                "Bad request",
                "This is not an OTLP request, so nothing was stored. " + reason);
    }
}
