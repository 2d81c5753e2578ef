package io.tailrace.server.access;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Problems;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds out who makes a request before any handler sees it. Tokens are only taken from the header
 * {@code Authorization: Bearer …}: addresses end in logs and histories. Thread-safe.
 */
public final class Authenticator implements Filter {

    private static final Set<String> FOR_EVERYBODY = Set.of("/", "/health/live", "/health/ready");
    private static final Set<String> TOKEN_PARAMETERS =
            Set.of("access_token", "token", "authorization", "api_key", "apikey", "jwt", "bearer");

    private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\..*");

    private final Access access;
    private final FailedAttempts attempts;

    /** Asks that access. */
    public Authenticator(Access access, InstantSource clock) {
        this.access = access;
        attempts = new FailedAttempts(clock);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Caller caller;
        try {
            refuseTokensInTheAddress(request);
            caller = caller(request);
        } catch (HttpProblem problem) {
            refuse(request, response, problem);
            return;
        }
        if (caller != null) {
            request.context().register(caller);
        }
        chain.proceed();
    }

    /** Null when nobody needs to know. */
    private @Nullable Caller caller(RoutingRequest request) {
        if (access.open()) {
            return access.anybody();
        }
        if (FOR_EVERYBODY.contains(request.prologue().uriPath().path())) {
            return null;
        }
        return access.caller(bearer(request));
    }

    private static String bearer(RoutingRequest request) {
        List<String> values =
                request.headers().contains(HeaderNames.AUTHORIZATION)
                        ? request.headers().get(HeaderNames.AUTHORIZATION).allValues()
                        : List.of();
        if (values.isEmpty()) {
            throw new HttpProblem(
                    401,
                    "Unauthorized",
                    "This gateway takes requests with a token: send it as the header"
                            + " 'Authorization: Bearer …'.");
        }
        String value = values.getFirst();
        String scheme = "bearer ";
        if (values.size() > 1
                || !value.regionMatches(true, 0, scheme, 0, scheme.length())
                || value.strip().length() <= scheme.length()) {
            throw new HttpProblem(
                    401,
                    "Unauthorized",
                    "The header 'Authorization' must be there once and look like 'Bearer …' with a"
                            + " token.");
        }
        return value.substring(scheme.length()).strip();
    }

    private static void refuseTokensInTheAddress(RoutingRequest request) {
        if (request.query().isEmpty()) {
            return;
        }
        for (String name : request.query().names()) {
            boolean token = TOKEN_PARAMETERS.contains(name.toLowerCase(Locale.ROOT));
            for (String value : request.query().all(name, List::of)) {
                token |= value.startsWith("trc_") || JWT.matcher(value).matches();
            }
            if (token) {
                throw new HttpProblem(
                        400,
                        "Bad request",
                        "A token does not belong into the address, which others may keep: send it"
                            + " as the header 'Authorization: Bearer …'. This gateway did not log"
                            + " it; revoke it if anybody else may have.");
            }
        }
    }

    private void refuse(RoutingRequest request, RoutingResponse response, HttpProblem problem) {
        HttpProblem said = problem;
        if (problem.status() == 401) {
            boolean shown = request.headers().contains(HeaderNames.AUTHORIZATION);
            // Who shows nothing guesses nothing.
            Duration pause = shown ? attempts.failed(address(request)) : Duration.ZERO;
            if (pause.isPositive()) {
                said = tooMany(pause);
                response.header(HeaderNames.RETRY_AFTER, String.valueOf(pause.toSeconds() + 1));
            } else {
                response.header(
                        HeaderNames.WWW_AUTHENTICATE,
                        "Bearer realm=\"tailrace\"" + (shown ? ", error=\"invalid_token\"" : ""));
            }
        }
        Problems.refuse(request, response, said);
    }

    private static HttpProblem tooMany(Duration pause) {
        return new HttpProblem(
                429,
                "Too many attempts",
                "Too many tokens from your address were not accepted: come back in %d seconds, or"
                                .formatted(pause.toSeconds() + 1)
                        + " with one that is.");
    }

    private static InetAddress address(RoutingRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress socket
                        && socket.getAddress() != null
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
