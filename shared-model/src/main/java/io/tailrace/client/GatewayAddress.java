package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Builds the gateway's URLs and says which redirects may be followed. */
final class GatewayAddress {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private GatewayAddress() {}

    static void check(URI gateway) {
        String scheme = gateway.getScheme();
        if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                || gateway.getHost() == null
                || gateway.getRawQuery() != null
                || gateway.getRawFragment() != null
                || gateway.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "'%s' is not a gateway's address. Give one such as http://127.0.0.1:8787."
                            .formatted(gateway));
        }
    }

    /** The URL of a path below the gateway's address, which may have a path of its own. */
    static URI at(URI gateway, String pathAndQuery) {
        String base = gateway.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
    }

    /** A text as one part of a path or as the value of a query parameter. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Where a redirect leads, if it may be followed: within the same host, from http to https but
     * never back, or between loopback addresses.
     */
    static Optional<URI> redirected(URI from, @Nullable String location) {
        try {
            URI to = from.resolve(location == null ? "" : location);
            boolean known = location != null && to.getHost() != null && to.getRawUserInfo() == null;
            return known && schemeAllowed(from, to) && hostAllowed(from, to)
                    ? Optional.of(to)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not a URL at all
        }
    }

    /**
     * Whether a secret for one address may be sent to another, to which it redirects: the same
     * origin, or the same host once it is encrypted.
     */
    static boolean trusted(URI from, URI to) {
        boolean same =
                port(from) == port(to)
                        && String.valueOf(from.getScheme()).equalsIgnoreCase(to.getScheme());
        boolean upgraded =
                "http".equalsIgnoreCase(from.getScheme())
                        && "https".equalsIgnoreCase(to.getScheme());
        return host(from).equals(host(to)) && (same || upgraded);
    }

    private static int port(URI uri) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    private static boolean schemeAllowed(URI from, URI to) {
        return "https".equalsIgnoreCase(to.getScheme())
                || ("http".equalsIgnoreCase(to.getScheme())
                        && "http".equalsIgnoreCase(from.getScheme()));
    }

    private static boolean hostAllowed(URI from, URI to) {
        return host(from).equals(host(to)) || (loopback(from) && loopback(to));
    }

    /** Whether what is sent there never leaves this machine. */
    static boolean loopback(URI uri) {
        return LOOPBACK.matcher(host(uri)).matches();
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }
}
