package io.tailrace.wire;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * Reads events, one after the other, and makes use of what they have in common: the same channel,
 * subject or name is the same object again. Confined to one thread.
 */
public final class EventParser {

    private final PlainJson plain = new PlainJson();
    private final Recent recent = new Recent();

    /** Has read nothing yet. */
    public EventParser() {}

    /**
     * Reads an event from part of an array.
     *
     * @param kind the kind when the object does not say, or null
     * @param channel the channel when the object does not say, or null
     * @param now the timestamp when the object does not say
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public Event parse(
            byte[] json,
            int offset,
            int length,
            @Nullable String kind,
            @Nullable Channel channel,
            Instant now) {
        Map<String, @Nullable Object> members = plain.read(json, offset, length);
        Fields fields =
                members == null
                        ? EventCodec.fields(EventCodec.JSON, json, offset, length)
                        : new Fields(members);
        return EventReader.read(fields, kind, channel, now, recent);
    }

    /** What the event before was about. */
    static final class Recent {

        private @Nullable Channel channel;
        private String type = "";
        private @Nullable String workspace;
        private @Nullable String workflow;
        private Subject subject = Subject.NONE;

        /**
         * The channel of that name.
         *
         * @throws MalformedEventException when there can be none
         */
        Channel channel(String name) {
            Channel known = channel;
            return known != null && known.name().equals(name)
                    ? known
                    : Draft.checked("channel", name, Channel::new);
        }

        /** From now on this is the channel. */
        void remember(Channel next) {
            if (!next.equals(channel)) {
                channel = next;
                type = next.type();
                workspace = next.workspace();
                workflow = next.workflow();
            }
        }

        /** The type of the channel. */
        String type() {
            return type;
        }

        /** The workspace of the channel. */
        @Nullable String workspace() {
            return workspace;
        }

        /** The workflow of the channel. */
        @Nullable String workflow() {
            return workflow;
        }

        /** The same subject, as the object that it was before. */
        Subject same(Subject next) {
            if (!next.equals(subject)) {
                subject = next;
            }
            return subject;
        }
    }
}
