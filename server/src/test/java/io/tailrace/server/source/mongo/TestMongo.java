package io.tailrace.server.source.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import de.bwaldvogel.mongo.wire.message.MongoMessage;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A database in memory that speaks MongoDB's protocol; it can be gone and come back. */
public final class TestMongo implements AutoCloseable {

    private final Backend backend = new Backend();
    private @Nullable MongoServer server;
    private int port;

    private static final class Backend extends MemoryBackend {

        private @Nullable TestOplog changes;

        TestOplog changes() {
            TestOplog all = changes;
            if (all == null) {
                all = new TestOplog(this, getCursorRegistry());
                changes = all;
            }
            return all;
        }

        @Override
        protected Oplog createOplog() {
            return changes();
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            Document reply = super.handleMessage(message);
            if (reply.get("cursor") instanceof Document cursor
                    && cursor.get("id") instanceof Number id) {
                TestOplog.ChangeCursor stream = changes().stream(id.longValue());
                if (stream != null) {
                    cursor.append("postBatchResumeToken", stream.resumeToken());
                    if (stream.ended()) {
                        cursor.put("id", 0L);
                    }
                }
            }
            return reply;
        }

        @Override
        public void close() {
            // its documents are there when it is back
        }
    }

    /** Running. */
    public TestMongo() {
        start();
    }

    /** Running, or running again: at the same port, with the same documents. */
    void start() {
        var started = new MongoServer(backend);
        started.enableOplog();
        started.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = started.getLocalAddress().getPort();
        server = started;
    }

    /** Gone, with all its connections. */
    void stop() {
        MongoServer running = server;
        if (running != null) {
            running.shutdownNow();
        }
        server = null;
    }

    TestOplog oplog() {
        return backend.changes();
    }

    /** How many change streams were opened. */
    public int watched() {
        return oplog().opened();
    }

    /** How many changes there were. */
    public int changes() {
        return oplog().size();
    }

    /** Waits until there are more changes than these, or so long. */
    public void awaitChange(int known, long millis) throws InterruptedException {
        oplog().await(known, millis);
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** What clients connect to. */
    public String uri() {
        return "mongodb://127.0.0.1:%d/?directConnection=true&serverSelectionTimeoutMS=700"
                .formatted(port);
    }

    @Override
    public void close() {
        stop();
    }
}
