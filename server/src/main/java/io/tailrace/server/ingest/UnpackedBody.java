package io.tailrace.server.ingest;

import io.helidon.webserver.http.ServerRequest;
import io.tailrace.server.http.HttpProblem;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/**
 * The body of a request in a dialect of others, unpacked and bounded. It fails like {@link
 * BodySource}: with what becomes the answer, not with an I/O exception. Confined to one thread.
 */
public final class UnpackedBody extends InputStream {

    private static final int HEAD = 16 * 1024;

    private final BodySource source;
    private final long limit;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private long total;

    private UnpackedBody(BodySource source, long limit) {
        this.source = source;
        this.limit = limit;
    }

    /**
     * The body as a stream.
     *
     * @param limit the most bytes, unpacked
     * @throws HttpProblem 415 when it is packed otherwise than with gzip
     */
    public static UnpackedBody of(ServerRequest request, long limit) {
        boolean gzip = IngestRequest.gzip(request);
        InputStream raw = request.content().inputStream();
        return new UnpackedBody(BodySource.open(raw, gzip, Long.MAX_VALUE), limit);
    }

    /** How many bytes came so far. */
    public long total() {
        return total;
    }

    /** The first bytes that came, for those who have to say what they could not read. */
    public byte[] head() {
        return head.toByteArray();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Some bytes as soon as there are any; -1 at the end.
     *
     * @throws HttpProblem 413 when there are too many, 400 when they cannot be unpacked
     */
    @Override
    public int read(byte[] target, int offset, int length) {
        int count = source.read(target, offset, length);
        total += Math.max(count, 0);
        if (count > 0 && head.size() < HEAD) {
            head.write(target, offset, Math.min(count, HEAD - head.size()));
        }
        if (total > limit) {
            throw new HttpProblem(
                    413,
                    "Too large",
                    "The body has more than %,d bytes. Send less in one request.".formatted(limit));
        }
        return count;
    }
}
