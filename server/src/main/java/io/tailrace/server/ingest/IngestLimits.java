package io.tailrace.server.ingest;

/**
 * What one request may bring.
 *
 * @param line the longest line or single event, in bytes
 * @param body the largest body that has to be read as a whole, in bytes
 * @param keyed the most events of a request with an idempotency key
 * @param unzipped the most bytes that a compressed body may become
 */
public record IngestLimits(int line, int body, int keyed, long unzipped) {

    /** 1 MiB lines, 16 MiB bodies, 10,000 events with a key, 1 GiB unzipped. */
    public static final IngestLimits DEFAULT =
            new IngestLimits(1 << 20, 16 << 20, 10_000, 1L << 30);

    /** The same with other sizes. */
    public IngestLimits with(int maxLine, int maxBody) {
        return new IngestLimits(maxLine, maxBody, keyed, unzipped);
    }
}
