package io.tailrace.server.source.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Event;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerObserver;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.broker.FlakyLog;
import io.tailrace.server.settings.MessageSettings;
import io.tailrace.server.settings.MessageSettings.Dialect;
import io.tailrace.server.settings.SourceAbout;

import org.junit.jupiter.api.AfterEach;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads messages, and gathers what became of them. */
abstract class WithReader {

    static final Instant SENT = Instant.parse("2026-11-21T10:00:00Z");

    private final FlakyLog log = new FlakyLog();
    private final Broker broker =
            new Broker(
                    log, BrokerOptions.DEFAULT, Clock.systemUTC(), BrokerObserver.NONE, List.of());
    final List<Event.Published> events = new ArrayList<>();
    final List<Refused> refused = new ArrayList<>();

    @AfterEach
    void end() {
        broker.close();
    }

    void read(Dialect dialect, Message message) {
        var about = new SourceAbout("acme", "nightly", "7", null);
        read(new MessageSettings(dialect, about, true, null, null, null), message);
    }

    void read(MessageSettings settings, Message message) {
        MessageReader reader = TestDialects.of(broker, log).reader(settings);
        reader.read(message, events, refused::add);
    }

    static Message text(String text) {
        return Message.of(text.getBytes(UTF_8), SENT, "shop.orders");
    }
}
