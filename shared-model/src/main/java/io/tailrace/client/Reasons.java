package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

import javax.net.ssl.SSLException;

/** Failures as sentences for people. */
final class Reasons {

    private Reasons() {}

    static String unreachable(URI gateway, Throwable failure) {
        return "Cannot reach the gateway at %s: %s.".formatted(gateway, cause(failure));
    }

    static String noAnswer(URI gateway, Duration limit) {
        return "The gateway at %s did not answer within %s.".formatted(gateway, seconds(limit));
    }

    static String silent(Duration limit) {
        return "The gateway has been silent for %s.".formatted(seconds(limit));
    }

    static String late(Duration limit) {
        return "The stream is open, but nothing came within %s.".formatted(seconds(limit));
    }

    static String cut(IOException failure) {
        return "The connection to the gateway was cut: %s.".formatted(cause(failure));
    }

    private static String seconds(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 1
                ? time.toMillis() + " milliseconds"
                : seconds + (seconds == 1 ? " second" : " seconds");
    }

    private static String cause(Throwable failure) {
        if (has(failure, UnresolvedAddressException.class)
                || has(failure, UnknownHostException.class)) {
            return "the host name is unknown";
        }
        return switch (failure) {
            case HttpConnectTimeoutException _ -> "the connection could not be opened in time";
            case NoRouteToHostException _ -> "there is no route to the host";
            case ConnectException e when said(e) == null -> "connection refused";
            case SSLException e -> "the secure connection failed (" + said(e) + ")";
            default -> {
                String said = said(failure);
                yield said == null ? failure.getClass().getSimpleName() : uncapitalized(said);
            }
        };
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    /** The message without a final full stop; null when there is none worth showing. */
    private static @Nullable String said(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() || message.equals("null")
                ? null
                : message.strip().replaceAll("[\\r\\n]+", " ").replaceAll("\\.$", "");
    }

    private static String uncapitalized(String text) {
        boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }
}
