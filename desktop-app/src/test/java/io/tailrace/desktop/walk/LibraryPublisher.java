package io.tailrace.desktop.walk;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.publisher.Publisher;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** A user's pipeline with our own publisher: it only calls publish, the library does the rest. */
final class LibraryPublisher implements NumberedPublisher {

    private static final int AHEAD = 2_000; // lines in flight: an outage is not to fill the memory
    // It is not waited for between two kills: it may find the gateway away several times.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Publisher publisher;
    private final String name;
    private volatile boolean stopped;

    LibraryPublisher(URI gateway, String name) {
        this.publisher = Publisher.to(gateway.toString());
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long acknowledged() {
        return publisher.stats().acknowledged();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        Header header = Header.of(new Channel("logs:kill:nine"), Instant.now(), Subject.NONE);
        for (long i = 0; !stopped; i++) {
            publisher.publish(new Event.Log(header, Level.INFO, name + " " + i, null, null));
            if (i % AHEAD == 0 && !publisher.flush(PATIENCE)) {
                throw new AssertionError("The publisher did not get through.");
            }
        }
        if (!publisher.flush(PATIENCE)) {
            throw new AssertionError("The publisher did not get through.");
        }
        publisher.close();
    }
}
