package io.tailrace.server.ops;

import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.tailrace.server.access.Caller;
import io.tailrace.server.listener.Connections;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Tells the log of every request at its end, in one line, and its observer in any case. What
 * clients chose is quoted so that it cannot look like something else; queries are left out, for
 * they may hold secrets. Thread-safe.
 */
public final class AccessLog implements Filter {

    /** Is told of every request at its end; any thread. */
    @FunctionalInterface
    public interface Observer {

        /**
         * A request ended.
         *
         * @param bytes of its answer; 0 for streams, which are counted elsewhere
         */
        void answered(int status, long bytes);
    }

    private static final System.Logger LOGGER = System.getLogger("tailrace.access");
    private static final int LONGEST = 200;
    private static final Pattern API_TOKEN = Pattern.compile("trc_[\\w-]+");
    private static final Pattern JWT = Pattern.compile("eyJ[\\w.-]+");

    private final boolean all;
    private final boolean errors;
    private final Observer observer;

    /**
     * Logs requests.
     *
     * @param all whether to log those that went well, too
     * @param errors whether to log those that were refused or failed
     */
    public AccessLog(boolean all, boolean errors, Observer observer) {
        this.all = all;
        this.errors = errors;
        this.observer = observer;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long begin = System.nanoTime();
        String broken = "closed";
        try {
            chain.proceed();
            broken = null;
        } finally {
            ended(request, response, begin, broken);
        }
    }

    /** A request was refused before it was understood, so no filter saw it. */
    public void refused(TransportRequest request, int status, long bytes) {
        Connections.unlogged()
                .ifPresent(address -> {
                    observer.answered(status, bytes);
                    if (all || errors) {
                        String path = request.path().split("\\?", 2)[0];
                        var who = new Who(host(address), "-", request.method(), path);
                        LOGGER.log(
                                System.Logger.Level.INFO, line(who, status, bytes, 0, "refused"));
                    }
                });
    }

    private static String host(SocketAddress address) {
        return address instanceof InetSocketAddress socket ? socket.getHostString() : "-";
    }

    private record Who(String host, String caller, String method, String path) {
        static Who of(RoutingRequest request) {
            return new Who(
                    request.remotePeer().host(),
                    request.context().get(Caller.class).map(Caller::name).orElse("-"),
                    request.prologue().method().text(),
                    request.prologue().uriPath().rawPath());
        }
    }

    private void ended(
            RoutingRequest request, RoutingResponse response, long begin, @Nullable String broken) {
        int status = response.status().code();
        String reason = Connections.takeReason().orElse(response.isSent() ? null : broken);
        long bytes = response.isSent() ? response.bytesWritten() : 0;
        observer.answered(status, bytes);
        if (all || (errors && status >= 400)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            LOGGER.log(
                    System.Logger.Level.INFO, line(Who.of(request), status, bytes, millis, reason));
        }
        if (broken != null) {
            Connections.logged();
        }
    }

    private static String line(
            Who who, int status, long bytes, long millis, @Nullable String reason) {
        String line =
                "remote=%s caller=%s method=%s path=%s status=%d bytes=%d ms=%d"
                        .formatted(
                                who.host(),
                                quoted(who.caller()),
                                quoted(who.method()),
                                quoted(withoutTokens(who.path())),
                                status,
                                bytes,
                                millis);
        return reason == null ? line : line + " end=" + quoted(reason);
    }

    /** Some paste their token into the address. */
    static String withoutTokens(String path) {
        return JWT.matcher(API_TOKEN.matcher(path).replaceAll("trc_…")).replaceAll("eyJ…");
    }

    /** As it is when that is harmless, else in quotes with everything odd escaped. */
    static String quoted(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        if (!shown.isEmpty() && shown.chars().allMatch(AccessLog::harmless)) {
            return shown;
        }
        StringBuilder quoted = new StringBuilder("\"");
        shown.codePoints().forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    private static boolean harmless(int c) {
        return (c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=') || c == '…';
    }

    private static void append(StringBuilder quoted, int c) {
        boolean odd =
                switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED ->
                            true;
                    default -> false;
                };
        if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
        } else if (odd) {
            quoted.append("\\u{")
                    .append(Integer.toHexString(c).toLowerCase(Locale.ROOT))
                    .append('}');
        } else {
            quoted.appendCodePoint(c);
        }
    }
}
