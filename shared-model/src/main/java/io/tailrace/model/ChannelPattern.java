package io.tailrace.model;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names channels by example: {@code logs:acme:*}, {@code runs:*}, {@code *:acme:nightly-*}, {@code
 * *}.
 *
 * <p>A {@code *} stands for any run of characters within one part; a last part that is just {@code
 * *} stands for all the parts that follow. Channels of sessions are private: only a pattern that
 * starts with {@code session:} matches them.
 */
public final class ChannelPattern {

    private final String text;
    private final Pattern regex;
    private final boolean literal;

    private ChannelPattern(String text) {
        this.text = text;
        this.literal = text.indexOf('*') < 0;
        this.regex = Pattern.compile(regex(text));
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static ChannelPattern parse(String text) {
        if (text.isEmpty() || text.length() > Channel.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A channel pattern has 1 to " + Channel.MAX_LENGTH + " characters.");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == ',' || Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    "A channel pattern may not have spaces, commas or control characters.");
        }
        if (text.indexOf('*') < 0) {
            Channel _ = new Channel(text); // a pattern without a star must be a channel's name
        }
        return new ChannelPattern(text);
    }

    /** Whether the channel is one of those meant. */
    public boolean matches(Channel channel) {
        if (literal) {
            return text.equals(channel.name());
        }
        if (channel.name().startsWith("session:") && !text.startsWith("session:")) {
            return false;
        }
        return regex.matcher(channel.name()).matches();
    }

    /** Whether this names exactly one channel. */
    public boolean literal() {
        return literal;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static String regex(String text) {
        boolean rest = text.equals("*") || text.endsWith(":*");
        String head = rest ? text.substring(0, text.length() - 1) : text;
        return Stream.of(head.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("[^:]*"))
                + (rest ? ".*" : "");
    }
}
