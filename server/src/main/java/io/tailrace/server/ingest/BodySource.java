package io.tailrace.server.ingest;

import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.server.http.HttpProblem;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a request's body, unzipped, with every way of failing told apart: a broken
 * compression is the sender's fault, a broken connection ends the request silently. Confined to one
 * thread.
 */
public final class BodySource {

    private static final int BUFFER = 64 * 1024;
    private static final int SMALL = 64 * 1024;

    private final boolean gzip;
    private final long limit;
    private InputStream in;
    private BooleanSupplier stopped = () -> false;
    private boolean begun;
    private long total;
    private long told;

    private BodySource(InputStream raw, boolean gzip, long limit) {
        this.in = raw;
        this.gzip = gzip;
        this.limit = limit;
    }

    static BodySource open(InputStream raw, boolean gzip, long maxUnzipped) {
        return new BodySource(raw, gzip, gzip ? maxUnzipped : Long.MAX_VALUE);
    }

    /** It may end early, because the gateway stops: then there are just no more bytes. */
    void stoppedBy(BooleanSupplier gateway) {
        stopped = gateway;
    }

    /** How many bytes came since this was asked before. */
    long taken() {
        long taken = total - told;
        told = total;
        return taken;
    }

    /** Whether the end of the body is not its own. */
    boolean stopped() {
        return stopped.getAsBoolean();
    }

    /**
     * The body of a request that asks for something.
     *
     * @throws HttpProblem 413 when it has more than 64 KiB
     */
    public static byte[] small(ServerRequest request) {
        byte[] buffer = new byte[SMALL];
        BodySource source = open(request.content().inputStream(), false, Long.MAX_VALUE);
        int size = 0;
        for (int count = 0; count >= 0; count = source.read(buffer, size, SMALL - size)) {
            size += count;
            if (size == SMALL) {
                throw tooLarge(SMALL - 1, "Ask for less at once.");
            }
        }
        return Arrays.copyOf(buffer, size);
    }

    /**
     * The whole body of a request, unzipped.
     *
     * @param limit the most bytes it may have, also when unzipped
     * @param room where the memory for it comes from
     * @throws HttpProblem 413 when it has more, 400 when it is not valid gzip, 415 when it is
     *     compressed otherwise, 503 when there is no room for it
     */
    public static byte[] whole(ServerRequest request, int limit, BodyRoom.Lease room) {
        boolean gzip = IngestRequest.gzip(request);
        BodySource source = open(request.content().inputStream(), gzip, Long.MAX_VALUE);
        long length = gzip ? BUFFER : request.headers().contentLength().orElse(BUFFER);
        int first = (int) Math.min(length + 1, limit + 1L);
        room.grow(first);
        return source.readAll(
                new byte[first], 0, limit, "Send it in several requests.", room::grow);
    }

    /** Some bytes as soon as there are any; -1 at the end. */
    int read(byte[] buffer, int offset, int length) {
        try {
            return readOrFail(buffer, offset, length);
        } catch (HttpProblem | RequestException | CloseConnectionException e) {
            if (stopped()) {
                return -1;
            }
            throw e;
        }
    }

    private int readOrFail(byte[] buffer, int offset, int length) {
        try {
            if (gzip && !begun) {
                begun = true;
                in = new GZIPInputStream(in, 8 * 1024);
            }
            int count = in.read(buffer, offset, length);
            total += Math.max(count, 0);
            if (total > limit) {
                throw tooLarge(limit, "Send less in one request.");
            }
            return count;
        } catch (ZipException e) {
            throw broken();
        } catch (EOFException e) {
            throw gzip ? broken() : gone(e);
        } catch (HttpProblem | RequestException | CloseConnectionException e) {
            throw e;
        } catch (NumberFormatException e) { // what the server says of the length of a chunk
            throw HttpProblem.lost(
                    "The body is not sent in chunks as HTTP has them: one has no length in"
                            + " hexadecimal digits. What follows it cannot be read.");
        } catch (IOException | RuntimeException e) {
            throw gone(e);
        }
    }

    /**
     * Everything that is left, behind what was read already.
     *
     * @throws HttpProblem 413 when that is more than allowed
     */
    byte[] readAll(byte[] head, int headLength, int maxBody) {
        return readAll(
                Arrays.copyOf(head, Math.max(headLength, BUFFER)),
                headLength,
                maxBody,
                "Send one JSON object a line as application/x-ndjson, without an"
                        + " Idempotency-Key: then there is no limit.",
                _ -> {});
    }

    private byte[] readAll(
            byte[] head, int headLength, int maxBody, String instead, IntConsumer growing) {
        byte[] all = head;
        int size = headLength;
        while (true) {
            if (size > maxBody) {
                throw tooLarge(maxBody, instead);
            }
            if (size == all.length) {
                int larger = (int) Math.min(size * 2L, maxBody + 1L);
                growing.accept(larger);
                all = Arrays.copyOf(all, larger);
            }
            int count = read(all, size, all.length - size);
            if (count < 0) {
                return size == all.length ? all : Arrays.copyOf(all, size);
            }
            size += count;
        }
    }

    private static HttpProblem tooLarge(long limit, String instead) {
        return new HttpProblem(
                413, "Too large", "The body has more than %,d bytes. %s".formatted(limit, instead));
    }

    private static HttpProblem broken() {
        return new HttpProblem(400, "Bad request", "The body is not valid gzip.");
    }

    private static CloseConnectionException gone(Exception e) {
        return new CloseConnectionException("The publisher went away.", e);
    }
}
