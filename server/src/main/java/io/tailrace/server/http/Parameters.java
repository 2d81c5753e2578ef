package io.tailrace.server.http;

import io.helidon.webserver.http.ServerRequest;

/** Parameters behind the question mark. Keeps no state. */
public final class Parameters {

    private Parameters() {}

    /**
     * A whole number that may be missing.
     *
     * @param standard when it is
     * @throws HttpProblem 400 with a sentence when it is something else, or too small or too large
     */
    public static int number(
            ServerRequest request, String name, int least, int most, int standard) {
        String text = request.query().first(name).orElse(String.valueOf(standard));
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw JsonRequest.bad(
                "Parameter '%s' must be a whole number from %d to %d."
                        .formatted(name, least, most));
    }
}
