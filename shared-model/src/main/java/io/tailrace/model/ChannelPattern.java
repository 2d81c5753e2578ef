package io.tailrace.model;

import java.util.List;
import java.util.Optional;

/**
 * Names channels by example: {@code logs:acme:*}, {@code runs:*}, {@code *:acme:nightly-*}, {@code
 * *}.
 *
 * <p>A {@code *} stands for any run of characters within one part; a last part that is just {@code
 * *} stands for all the parts that follow. Channels of sessions are private: only their full name
 * matches them.
 */
public final class ChannelPattern {

    private final String text;
    private final List<String> parts;
    private final boolean literal;
    // What every name begins with that matches: most others need no further look.
    private final String prefix;

    private ChannelPattern(String text) {
        this.text = text;
        this.literal = text.indexOf('*') < 0;
        this.prefix = literal ? text : text.substring(0, text.indexOf('*'));
        this.parts = List.of(text.split(":", -1));
    }

    /** Reads several; empty when one of them is none, such as one of a newer gateway. */
    public static Optional<List<ChannelPattern>> known(List<String> texts) {
        try {
            return Optional.of(texts.stream().map(ChannelPattern::parse).toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
        if (!channel.name().startsWith(prefix) || channel.name().startsWith("session:")) {
            return false; // private: only its very name will do
        }
        List<String> names = channel.parts();
        boolean rest = parts.getLast().equals("*");
        if (rest ? names.size() < parts.size() : names.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!matches(parts.get(i), names.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether there are channels that this may mean; otherwise nothing ever matches: no type begins
     * like that, or its names have another number of parts.
     */
    public boolean possible() {
        return literal || Channel.types().stream().anyMatch(this::possible);
    }

    private boolean possible(String type) {
        int names = Channel.parts(type);
        boolean fits = parts.getLast().equals("*") ? names >= parts.size() : names == parts.size();
        return fits && !type.equals("session") && matches(parts.getFirst(), type);
    }

    /** Why nothing ever matches, where that is so: a sentence. */
    public String impossible() {
        String first = parts.getFirst();
        return Channel.types().stream()
                .filter(type -> !type.equals("session") && matches(first, type))
                .findFirst()
                .map(type ->
                        "Pattern '%s' matches no channel: those look like %s, so write %s or %s:*."
                                .formatted(text, Channel.form(type), Channel.example(type), type))
                .orElseGet(() ->
                        "Pattern '%s' names no kind of channel: it must begin with one of %s, or a part of it and '*'; one of a session stands alone."
                                .formatted(text, Channel.types()));
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

    /** Glob by two pointers and one way back: linear in practice, never exponential. */
    private static boolean matches(String glob, String name) {
        int g = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                mark = n;
            } else if (g < glob.length() && glob.charAt(g) == name.charAt(n)) {
                g++;
                n++;
            } else if (star >= 0) {
                g = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
