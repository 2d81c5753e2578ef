package io.tailrace.server.bench;

import io.tailrace.server.source.mongo.TestMongo;

import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.RawBsonDocument;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before the database and counts what its clients send and get. It also lets a client of a
 * change stream wait for the next change, as a real server does and the one in memory does not.
 */
final class WireProxy implements AutoCloseable {

    private static final Set<String> QUERIES = Set.of("find", "aggregate", "getMore");
    private static final int HEADER = 16;
    private static final int MESSAGE = 2_013; // OP_MSG
    private static final int DOCUMENT = HEADER + 5; // behind flags and the kind of the section

    private final TestMongo mongo;
    private final ServerSocket listening;
    private final AtomicLong queries = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    WireProxy(TestMongo mongo) throws IOException {
        this.mongo = mongo;
        this.listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Queries, other commands, and bytes in both directions; since the beginning. */
    String counts() {
        return "%d %d %d".formatted(queries.get(), others.get(), bytes.get());
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), mongo.port())) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            var requests = new DataInputStream(client.getInputStream());
            var replies = new DataInputStream(server.getInputStream());
            while (true) {
                byte[] request = message(requests);
                count(request);
                byte[] reply = answer(request, server.getOutputStream(), replies);
                bytes.addAndGet(request.length + reply.length);
                client.getOutputStream().write(reply);
            }
        } catch (IOException e) {
            // one of them is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        byte[] length = in.readNBytes(4);
        if (length.length < 4) {
            throw new IOException("The connection ended.");
        }
        byte[] message = Arrays.copyOf(length, buffer(length).getInt());
        in.readFully(message, 4, message.length - 4);
        return message;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static BsonDocument document(byte[] message) {
        if (buffer(message).getInt(12) != MESSAGE) {
            return new BsonDocument();
        }
        int length = buffer(message).getInt(DOCUMENT);
        return new RawBsonDocument(message, DOCUMENT, length);
    }

    private void count(byte[] request) {
        BsonDocument command = document(request);
        boolean query = !command.isEmpty() && QUERIES.contains(command.getFirstKey());
        (query ? queries : others).incrementAndGet();
    }

    private byte[] answer(byte[] request, OutputStream out, DataInputStream in)
            throws IOException, InterruptedException {
        BsonDocument command = document(request);
        boolean waits = command.containsKey("getMore") && command.containsKey("maxTimeMS");
        long millis = waits ? command.getNumber("maxTimeMS", new BsonInt64(0)).longValue() : 0;
        long end = System.nanoTime() + millis * 1_000_000;
        while (true) {
            int known = mongo.changes();
            out.write(request);
            byte[] reply = message(in);
            long left = (end - System.nanoTime()) / 1_000_000;
            if (!waits || left <= 0 || !isEmpty(reply)) {
                return reply;
            }
            mongo.awaitChange(known, left);
        }
    }

    private static boolean isEmpty(byte[] reply) {
        BsonDocument cursor = document(reply).getDocument("cursor", new BsonDocument());
        return cursor.containsKey("nextBatch") && cursor.getArray("nextBatch").isEmpty();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
