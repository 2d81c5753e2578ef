package io.tailrace.server.ingest;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;
import io.tailrace.server.http.HttpProblem;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether the caller may publish an event, asked for every one of them: a pipe may stay open for
 * days while grants change. Confined to the request's thread.
 *
 * <p>Channels of commands take only what somebody with the grant {@code command} sends, and a
 * command bears the name of who sent it, whatever it says itself.
 */
public final class PublishCheck {

    private final Caller caller;
    private final Clock clock;
    private final Predicate<Channel> room;
    private long version;
    private @Nullable Channel last; // the last channel that was allowed, at that version

    /**
     * Asks what that caller may.
     *
     * @param room whether entries of a channel are taken: it exists, or there may be one more
     */
    public PublishCheck(Caller caller, Clock clock, Predicate<Channel> room) {
        this.room = room;
        this.caller = caller;
        this.clock = clock;
        this.version = caller.version();
    }

    /**
     * Before a part of a body is taken.
     *
     * @throws HttpProblem 403 when the caller may do nothing any more
     */
    public void alive() {
        caller.ended(clock.instant())
                .ifPresent(why -> {
                    throw new HttpProblem(403, "Forbidden", why);
                });
    }

    /**
     * Before the body of a request to one channel is read.
     *
     * @throws HttpProblem 403 when nothing of it could be taken
     */
    public void require(Channel channel) {
        caller.require(permission(channel), channel);
    }

    /** The sentence for an event that may not be published; null when it may. */
    public @Nullable String objection(Event.Published event) {
        Channel channel = event.channel();
        long now = caller.version();
        boolean command = event instanceof Event.Command;
        if (!command && version == now && channel.equals(last)) {
            return null;
        }
        Permission permission = command ? Permission.COMMAND : permission(channel);
        if (!caller.may(permission, channel)) {
            return caller.missing(permission.word() + ":" + channel);
        }
        if (permission == Permission.PUBLISH) {
            version = now;
            last = channel;
        }
        return null;
    }

    /** The sentence for an event whose channel would be one too many; null when it is not. */
    public @Nullable String excess(Event.Published event) {
        return room.test(event.channel())
                ? null
                : "Channel '%s' would be one too many: use one that exists, or raise max-channels."
                        .formatted(event.channel());
    }

    /** The event, with the name of who sent it where that matters. */
    public Event.Published signed(Event.Published event) {
        if (!(event instanceof Event.Command command)) {
            return event;
        }
        Header header = command.header();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(header.fields());
        fields.put("user", caller.name());
        return new Event.Command(
                header.withFields(fields), command.id(), command.verb(), command.message());
    }

    private static Permission permission(Channel channel) {
        return channel.type().equals("commands") ? Permission.COMMAND : Permission.PUBLISH;
    }
}
