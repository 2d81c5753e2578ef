package io.tailrace.server.http;

import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** Parameters behind the question mark. Keeps no state. */
public final class Parameters {

    private Parameters() {}

    /**
     * Refuses a request with a parameter that would be passed over silently.
     *
     * @param names those that mean something
     * @throws HttpProblem 400 with a sentence that names what is not known and what is
     */
    public static void known(ServerRequest request, String... names) {
        if (request.query().isEmpty()) {
            return;
        }
        for (String name : request.query().names()) {
            if (!Arrays.asList(names).contains(name)) {
                String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
                throw JsonRequest.bad(
                        "Parameter '%s' is not known here%s."
                                .formatted(
                                        shown.replaceAll("\\p{Cntrl}", " "),
                                        names.length == 0
                                                ? ": there are none"
                                                : "; there are " + String.join(", ", names)));
            }
        }
    }

    /**
     * A text that may be missing.
     *
     * @throws HttpProblem 400 with a sentence when there are several: nobody knows which one counts
     */
    public static @Nullable String only(ServerRequest request, String name) {
        if (!request.query().contains(name)) {
            return null;
        }
        List<String> all = request.query().all(name);
        if (all.size() > 1) {
            throw JsonRequest.bad(
                    "Parameter '%s' is there %d times: send it once.".formatted(name, all.size()));
        }
        return all.getFirst();
    }

    /**
     * A whole number that may be missing.
     *
     * @param standard when it is
     * @throws HttpProblem 400 with a sentence when it is something else, or too small or too large
     */
    public static int number(
            ServerRequest request, String name, int least, int most, int standard) {
        return (int) number(request, name, (long) least, most, standard);
    }

    /**
     * The same for large ones; without an upper limit when {@code most} is the largest there is.
     */
    public static long number(
            ServerRequest request, String name, long least, long most, long standard) {
        String text = request.query().first(name).orElse(String.valueOf(standard));
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw JsonRequest.bad(
                "Parameter '%s' must be a whole number from %d%s."
                        .formatted(name, least, most == Long.MAX_VALUE ? "" : " to " + most));
    }
}
