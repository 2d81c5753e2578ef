package io.tailrace.client;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What the gateway says in {@code application/problem+json} when it refuses. */
final class Problem {

    private static final int LONGEST = 500;

    private Problem() {}

    /** The refusal as a sentence: the gateway's own words, or the status when it gives none. */
    static String reason(int status, String contentType, byte[] body) {
        String words = contentType.contains("json") ? words(JsonTexts.read(body)) : null;
        if (words == null) {
            return "The gateway answered with status %d%s.".formatted(status, meaning(status));
        }
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    private static @Nullable String words(Map<String, String> texts) {
        String detail = texts.getOrDefault("detail", "");
        String words = detail.isBlank() ? texts.getOrDefault("title", "") : detail;
        return words.isBlank() ? null : words.strip();
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401 -> " (not signed in)";
            case 403 -> " (not allowed)";
            case 404 -> " (not found)";
            case 429 -> " (too many requests)";
            case 502, 503, 504 -> " (not available at the moment)";
            default -> "";
        };
    }
}
