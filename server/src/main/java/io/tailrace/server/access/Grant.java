package io.tailrace.server.access;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;

import java.util.List;
import java.util.Optional;

/**
 * A permission for the channels of a pattern, such as {@code subscribe:logs:acme:*}, {@code
 * subscribe:alerts:{user}}, {@code command:commands:acme:*} or {@code admin}.
 *
 * @param permission what is allowed
 * @param pattern on which channels; {@code {user}} stands for the name of whoever has the grant;
 *     empty for {@code admin}
 */
public record Grant(Permission permission, String pattern) {

    private static final String USER = "{user}";

    /**
     * Reads a grant.
     *
     * @throws IllegalArgumentException with a sentence that says what a grant must look like
     */
    public static Grant parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        for (Permission permission : Permission.values()) {
            if (permission.word().equals(word)) {
                return of(permission, colon < 0 ? "" : text.substring(colon + 1), text);
            }
        }
        throw wrong(text, "it must begin with subscribe:, publish: or command:, or be admin");
    }

    /**
     * Reads several.
     *
     * @throws IllegalArgumentException as {@link #parse} does
     */
    static List<Grant> parseAll(List<String> texts) {
        return texts.stream().map(Grant::parse).toList();
    }

    /**
     * One that somebody writes now: it has to grant something. Those that were written before are
     * not looked at like that, for nobody would be helped.
     *
     * @throws IllegalArgumentException as {@link #parse} does, and when no channel matches
     */
    public static Grant written(String text) {
        Grant grant = parse(text);
        if (grant.permission() != Permission.ADMIN) {
            ChannelPattern channels = ChannelPattern.parse(grant.pattern().replace(USER, "user"));
            if (!channels.possible()) {
                throw new IllegalArgumentException(
                        "'%s' grants nothing. %s"
                                .formatted(Names.shown(text), channels.impossible()));
            }
        }
        return grant;
    }

    private static Grant of(Permission permission, String pattern, String text) {
        if (permission == Permission.ADMIN) {
            if (!pattern.isEmpty()) {
                throw wrong(text, "admin stands alone, without channels");
            }
            return new Grant(permission, pattern);
        }
        try {
            ChannelPattern _ = ChannelPattern.parse(pattern.replace(USER, "user"));
        } catch (IllegalArgumentException e) {
            throw wrong(text, "a pattern such as logs:acme:* must follow the first colon");
        }
        return new Grant(permission, pattern);
    }

    private static IllegalArgumentException wrong(String text, String why) {
        String clean = Names.shown(text);
        return new IllegalArgumentException(
                "'%s' is not a grant: %s. Examples: subscribe:logs:acme:*, publish:runs:acme:etl,"
                                .formatted(clean, why)
                        + " command:commands:acme:*, admin.");
    }

    /**
     * The channels that are meant for somebody; none when his name could change the meaning of the
     * pattern, or the name makes no channel.
     */
    Optional<ChannelPattern> channels(String user) {
        if (!pattern.contains(USER)) {
            return Optional.of(ChannelPattern.parse(pattern));
        }
        String text = pattern.replace(USER, user);
        return Names.plain(user) && text.length() <= Channel.MAX_LENGTH
                ? Optional.of(ChannelPattern.parse(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return permission == Permission.ADMIN ? "admin" : permission.word() + ":" + pattern;
    }
}
