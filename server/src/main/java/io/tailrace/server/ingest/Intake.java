package io.tailrace.server.ingest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.deadletter.LetterBox;

import java.time.Clock;
import java.util.function.Supplier;

/**
 * The way in for events that a reader of another dialect makes of a request: with the same checks,
 * limits, counts and traces as for our own. Thread-safe.
 */
public final class Intake {

    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

    private final Broker broker;
    private final Clock clock;
    private final IngestObserver observer;
    private final PublishLimit rate;
    private final PublishTracer tracer;
    private final Supplier<Change> changes;
    private final DeadLetters letters;

    /** What happens to the events of one request before they are stored. */
    @FunctionalInterface
    public interface Change {

        /**
         * The event as it is to be stored; the same object when nothing has to change.
         *
         * @param json the event's bytes
         */
        Event.Published apply(Event.Published event, byte[] json);
    }

    /**
     * Publishes to that broker.
     *
     * @param changes gives for each request what happens to its events before they are stored, such
     *     as masking of secrets
     * @param letters keeps what cannot be taken
     */
    public Intake(
            Broker broker,
            Clock clock,
            IngestObserver observer,
            PublishLimit rate,
            PublishTracer tracer,
            Supplier<Change> changes,
            DeadLetters letters) {
        this.letters = letters;
        this.changes = changes;
        this.broker = broker;
        this.clock = clock;
        this.observer = observer;
        this.rate = rate;
        this.tracer = tracer;
    }

    /**
     * Begins to gather the events of a request.
     *
     * @throws io.tailrace.server.http.HttpProblem 429 when its sender was too fast of late
     */
    public Gathering begin(ServerRequest request) {
        Caller caller = Caller.of(request);
        rate.check(caller);
        String parent = request.headers().first(TRACEPARENT).orElse(null);
        var check = new PublishCheck(caller, clock, broker::admits);
        return new Gathering(
                broker,
                caller,
                check,
                observer,
                rate,
                () -> tracer.begin(parent),
                changes.get(),
                LetterBox.of(letters, request));
    }
}
