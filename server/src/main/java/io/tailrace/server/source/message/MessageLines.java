package io.tailrace.server.source.message;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;
import io.tailrace.server.ingest.ChannelNames;
import io.tailrace.server.ingest.LineForm;
import io.tailrace.server.ingest.LineIntake;
import io.tailrace.server.lines.LineReader;
import io.tailrace.server.settings.MessageSettings;
import io.tailrace.server.settings.MessageSettings.Dialect;
import io.tailrace.server.settings.SourceAbout;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Messages that are events of ours, or lines. Confined to one thread. */
final class MessageLines {

    private static final int MOST = 1_000; // origins whose lines are remembered
    private static final String NOWHERE = "default";

    private final SourceAbout about;
    private final MessageSettings settings;
    private final MessageDialects shared;
    private final Consumer<Event.Published> events;
    private final Consumer<Refused> refused;
    private final @Nullable LineReader reader;
    private final Map<Way, LineIntake> intakes = new HashMap<>();
    private final MessageClock clock;

    private record Way(String origin, LineForm form) {}

    MessageLines(
            MessageSettings settings,
            MessageDialects shared,
            Consumer<Event.Published> events,
            Consumer<Refused> refused) {
        this.settings = settings;
        this.about = settings.about();
        this.shared = shared;
        this.events = events;
        this.refused = refused;
        this.reader = settings.recognise() ? new LineReader(settings.zone()) : null;
        this.clock = new MessageClock(shared.clock());
    }

    void read(Dialect spoken, Message message) {
        LineForm form = form(spoken);
        if (form == LineForm.EITHER) {
            checkText(message.body());
        }
        if (intakes.size() > MOST) {
            intakes.clear();
        }
        clock.now = message.time();
        intakes.computeIfAbsent(new Way(message.origin(), form), this::intake)
                .message(message.body());
    }

    private static void checkText(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 27) {
                throw new MalformedEventException(
                        "It is not text: byte %d is 0x%02x. Say by the option dialect what it is."
                                .formatted(i, b));
            }
        }
    }

    private LineIntake intake(Way way) {
        LineIntake.Target target = target(way);
        return new LineIntake(target, clock, shared.redactor(), sink(target));
    }

    private LineIntake.Target target(Way way) {
        String workspace =
                ChannelNames.fit(about.workspace() == null ? "" : about.workspace(), NOWHERE);
        String workflow =
                ChannelNames.fit(about.workflow() == null ? way.origin : about.workflow(), NOWHERE);
        return new LineIntake.Target(
                Channel.logs(workspace, workflow),
                new Subject(workspace, workflow, about.run(), about.task(), null, null),
                settings.level(),
                settings.logger(),
                way.form,
                reader,
                shared.maxLine());
    }

    private LineIntake.Sink sink(LineIntake.Target target) {
        return new LineIntake.Sink() {
            @Override
            public void event(Event.Published event) {
                events.accept(event);
            }

            @Override
            public void rejected(long number, String reason) {
                rejected(number, reason, new byte[0], 0, 0);
            }

            @Override
            public void rejected(long number, String reason, byte[] bytes, int offset, int length) {
                byte[] line = Arrays.copyOfRange(bytes, offset, offset + length);
                refused.accept(new Refused(reason, line, target.address(), target.contentType()));
            }
        };
    }

    /** The message as a whole is no event. */
    Refused refused(Dialect spoken, Message message, String reason) {
        LineIntake.Target target = target(new Way(message.origin(), form(spoken)));
        return new Refused(reason, message.body(), target.address(), target.contentType());
    }

    private static LineForm form(Dialect spoken) {
        return switch (spoken) {
            case TAILRACE -> LineForm.JSON;
            case TEXT -> LineForm.TEXT;
            default -> LineForm.EITHER;
        };
    }

    Event.Log notice(String origin, String sentence) {
        return target(new Way(origin, LineForm.TEXT)).notice(sentence, shared.clock().instant());
    }

    /** Shows the time of the message that is read. Confined to the source's thread. */
    private static final class MessageClock extends Clock {
        private final Clock clock;
        private Instant now = Instant.EPOCH;

        MessageClock(Clock clock) {
            this.clock = clock;
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return clock.withZone(zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
