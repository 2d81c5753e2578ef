package io.tailrace.server.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoClient;

import io.tailrace.server.settings.MongoSourceSettings;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.Source;
import io.tailrace.server.source.SourcePart;
import io.tailrace.server.source.message.MessageDialects;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Watches or polls collections of a MongoDB database.
 *
 * <p>{@link #run} is used by one thread at a time.
 */
public final class MongoSource implements Source {

    private final MongoSourceSettings settings;
    private final MessageDialects dialects;
    private final Clock clock;
    private final MongoAddress address;
    private final Map<String, SourcePart> parts = new ConcurrentSkipListMap<>();

    /**
     * Ready to run; connects then.
     *
     * @param dialects understand documents
     */
    public MongoSource(MongoSourceSettings settings, MessageDialects dialects, Clock clock) {
        this.settings = settings;
        this.dialects = dialects;
        this.clock = clock;
        this.address = new MongoAddress(settings);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return "mongodb";
    }

    @Override
    public List<SourcePart> parts() {
        return List.copyOf(parts.values());
    }

    @Override
    public void run(Outlet outlet) throws IOException, InterruptedException {
        try (MongoClient client = address.open()) {
            run(client, outlet);
        } catch (MongoInterruptedException e) {
            throw interrupted(e);
        } catch (MongoException e) {
            throw address.failure(e);
        }
    }

    private static InterruptedException interrupted(MongoInterruptedException e) {
        var interrupted = new InterruptedException(e.getMessage());
        interrupted.initCause(e);
        return interrupted;
    }

    private void run(MongoClient client, Outlet outlet) throws IOException, InterruptedException {
        var collections = new CollectionChoice(settings, client.getDatabase(settings.database()));
        var documents =
                new Documents(settings, dialects.reader(settings.messages()), outlet, clock);
        MongoSourceSettings.Poll poll = settings.poll();
        if (poll != null) {
            var reading =
                    new Reading(
                            poll.by(),
                            poll.overlap(),
                            settings,
                            collections,
                            documents,
                            outlet,
                            parts);
            new Polling(poll.every(), settings.fromBeginning(), reading, documents).run();
        } else {
            watch(collections, documents, outlet);
        }
    }

    private void watch(CollectionChoice collections, Documents documents, Outlet outlet)
            throws IOException, InterruptedException {
        var streams = new ChangeStreams(collections, settings.updates(), settings.batch());
        var reading =
                new Reading("_id", Duration.ZERO, settings, collections, documents, outlet, parts);
        var changes =
                new Changes(
                        collections,
                        settings.updates(),
                        documents,
                        reading,
                        clock.instant(),
                        outlet::warn);
        new Watch(streams, changes, reading, documents, settings.fromBeginning(), outlet, clock)
                .run();
    }
}
