package io.tailrace.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Protects an open gateway on loopback from web pages, and lets those in that may use it.
 *
 * <p>A page elsewhere can make a browser send requests here: its {@code Origin} gives it away. A
 * page whose host name was pointed at 127.0.0.1 after it was loaded is given away by the {@code
 * Host} header. Thread-safe.
 */
public final class RequestGuard implements Filter {

    private static final HeaderName ALLOW_ORIGIN =
            HeaderNames.create("Access-Control-Allow-Origin");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

    private final boolean loopback;
    private final List<String> hosts;
    private final List<String> origins;

    /**
     * Guards.
     *
     * @param loopback whether only this machine reaches the gateway: then hosts are checked
     * @param hosts further host names that requests may use
     * @param origins further origins that may use the gateway; {@code *} for all
     */
    public RequestGuard(boolean loopback, List<String> hosts, List<String> origins) {
        this.loopback = loopback;
        this.hosts = hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).toList();
        this.origins = List.copyOf(origins);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
        Method method = request.prologue().method();
        boolean allowed = !origin.isEmpty() && allowed(origin, host);
        if (allowed) {
            response.header(ALLOW_ORIGIN, origin);
            response.header(HeaderNames.VARY, "Origin");
        }
        if (loopback && !ours(host)) {
            refuse(
                    request,
                    response,
                    "Host '%s' is not this gateway's name: use localhost, or add it to the setting"
                                    .formatted(shown(host))
                            + " 'hosts'.");
        } else if (!origin.isEmpty() && !allowed && !READING.contains(method)) {
            refuse(
                    request,
                    response,
                    "Web pages of '%s' may not use this gateway: add it to the setting"
                                    .formatted(shown(origin))
                            + " 'cors-origins' if they should.");
        } else if (method.equals(Method.OPTIONS)) {
            preflight(response, allowed);
        } else {
            chain.proceed();
        }
        closeWhenAsked(request);
    }

    private static void refuse(RoutingRequest request, RoutingResponse response, String detail) {
        var problem = new HttpProblem(403, "Forbidden", detail);
        Problems.send(request, response, problem, Json.Members.NONE);
    }

    private static void preflight(RoutingResponse response, boolean allowed) {
        if (allowed) {
            response.header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
            response.header(
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Content-Encoding, Idempotency-Key,"
                            + " Last-Event-ID, Cache-Control");
            response.header("Access-Control-Allow-Private-Network", "true");
            response.header("Access-Control-Max-Age", "600");
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    /** The server leaves the connection open after a request without a body. */
    private static void closeWhenAsked(RoutingRequest request) {
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("The client asked to close.");
        }
    }

    private boolean ours(String host) {
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(name).matches() || hosts.contains(name);
    }

    private boolean allowed(String origin, String host) {
        if (origins.contains("*") || origins.contains(origin)) {
            return true;
        }
        try {
            URI uri = URI.create(origin);
            String name = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
            String authority = String.valueOf(uri.getRawAuthority());
            return LOOPBACK.matcher(name).matches() || authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
