package io.tailrace.desktop.logs;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line as text that people send to each other: {@code
 * http://gateway:8787/#line=logs%3Aacme%3Aorders/e1-42}.
 *
 * @param gateway the gateway that has it
 * @param channel where it was published
 * @param cursor which line it is
 */
public record LineLink(URI gateway, Channel channel, Cursor cursor) {

    private static final String MARK = "#line=";

    @Override
    public String toString() {
        String base = gateway.toString();
        return (base.endsWith("/") ? base : base + "/")
                + MARK
                + URLEncoder.encode(channel.name(), StandardCharsets.UTF_8)
                + "/"
                + cursor;
    }

    /** Reads the text form; empty when it is something else. */
    public static Optional<LineLink> parse(String text) {
        int mark = text.indexOf(MARK);
        int slash = text.lastIndexOf('/');
        if (mark < 0 || slash < mark) {
            return Optional.empty();
        }
        try {
            String channel = text.substring(mark + MARK.length(), slash);
            return Optional.of(
                    new LineLink(
                            URI.create(text.substring(0, mark).strip()),
                            new Channel(URLDecoder.decode(channel, StandardCharsets.UTF_8)),
                            Cursor.parse(text.substring(slash + 1).strip())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
