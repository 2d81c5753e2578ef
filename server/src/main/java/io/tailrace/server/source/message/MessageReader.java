package io.tailrace.server.source.message;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.settings.MessageSettings;
import io.tailrace.server.settings.MessageSettings.Dialect;
import io.tailrace.wire.MalformedEventException;
import io.tailrace.wire.Timestamps;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes events of messages, one after the other: what a message becomes is told whole, or nothing
 * of it but why. A message that cannot be understood stops nothing. Confined to one thread.
 */
public final class MessageReader {

    private final Dialect dialect;
    private final MessageDialects shared;
    private final MessageLines lines;
    private final OtherDialects others;

    // Of the message that is being read.
    private final List<Event.Published> events = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    MessageReader(MessageSettings settings, MessageDialects shared) {
        this.dialect = settings.dialect();
        this.shared = shared;
        this.lines = new MessageLines(settings, shared, this::add, refused::add);
        this.others = new OtherDialects(settings.about(), shared, this::add, refused::add);
    }

    /**
     * Reads one message; it is sent now when its time is none that clients can read.
     *
     * @param into takes its events, without their secrets
     * @param left told of the message, or of parts of it, when that is no event
     */
    public void read(Message sent, List<Event.Published> into, Consumer<Refused> left) {
        Message message = timely(sent);
        events.clear();
        refused.clear();
        Dialect spoken = dialect == Dialect.AUTO ? Guess.of(message) : dialect;
        try {
            dispatch(spoken, message);
        } catch (EventLogException e) {
            throw e; // not the message's fault: it comes again
        } catch (RuntimeException e) {
            // Whatever it is: it would be met again each time the message is fetched again.
            events.clear();
            refused.clear();
            refused.add(refusal(spoken, message, said(e)));
        }
        refused.forEach(left);
        into.addAll(events);
    }

    /** Such as that of a producer that counts in microseconds. */
    private Message timely(Message sent) {
        return Timestamps.possible(sent.time())
                ? sent
                : new Message(
                        sent.body(),
                        sent.contentType(),
                        sent.headers(),
                        shared.clock().instant(),
                        sent.origin());
    }

    /** Something that the source itself has to say, where the messages of an origin go. */
    public Event.Published notice(String origin, String sentence) {
        return lines.notice(origin, shared.redactor().redact(sentence));
    }

    private static String said(RuntimeException e) {
        return switch (e) {
            case HttpProblem problem -> problem.detail();
            case MalformedEventException malformed -> String.valueOf(malformed.getMessage());
            default ->
                    "The gateway failed to read it (%s), which is a fault of the gateway's: report it."
                            .formatted(e);
        };
    }

    private Refused refusal(Dialect spoken, Message message, String reason) {
        return switch (spoken) {
            case AUTO, LINES, TEXT, TAILRACE -> lines.refused(spoken, message, reason);
            case CLOUDEVENTS -> OtherDialects.refusedCloudEvent(message, reason);
            case OPENLINEAGE, OTLP_LOGS, OTLP_METRICS, OTLP_TRACES ->
                    new Refused(
                            reason,
                            message.body(),
                            OtherDialects.target(spoken),
                            message.contentType());
        };
    }

    private void dispatch(Dialect spoken, Message message) {
        if (message.body().length > shared.maxMessage()) {
            throw new MalformedEventException(
                    "It has more than %,d bytes; see the setting max-body."
                            .formatted(shared.maxMessage()));
        }
        switch (spoken) {
            case AUTO, LINES, TEXT, TAILRACE -> lines.read(spoken, message);
            case OPENLINEAGE -> others.lineage(message);
            case CLOUDEVENTS -> others.cloudEvents(message);
            case OTLP_LOGS, OTLP_METRICS, OTLP_TRACES -> others.otlp(spoken, message);
        }
    }

    private void add(Event.Published event) {
        Channel channel = event.channel();
        if (event instanceof Event.Command || channel.type().equals("commands")) {
            throw new MalformedEventException("Commands are not taken from sources.");
        }
        events.add(event);
    }
}
