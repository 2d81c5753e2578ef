package io.tailrace.desktop.bench;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Numbered log lines of some 150 bytes; each fiftieth is a short error. Any thread. */
final class BenchLines {

    private static final Instant BEGIN = Instant.parse("2026-11-21T02:00:00Z");
    private static final Channel CHANNEL = Channel.logs("bench", "orders");
    private static final Subject TASK = Subject.ofRun("bench", "orders", "r1").withTask("load", 1);

    private BenchLines() {}

    /** The n-th line, from 1, as it is received; 10,000 happen in a second. */
    static Entry entry(long n) {
        Level level = n % 50 == 0 ? Level.ERROR : n % 20 == 0 ? Level.WARN : Level.INFO;
        Header header = Header.of(CHANNEL, BEGIN.plusNanos(n * 100_000), TASK);
        return new Entry(
                new Cursor("bench", n),
                new Event.Log(header, level, text(n), "io.acme.Sink", null));
    }

    /** Its text. */
    static String text(long n) {
        return n % 50 == 0
                ? "sink refused batch " + n + ", payments timeout"
                : "batch "
                        + n
                        + " rows=4475 dur="
                        + (n % 900 + 100)
                        + "ms loaded into warehouse.orders_fact from"
                        + " s3://lake/orders/2026-11-21/part-00017.parquet worker=ip-10-0-3-17"
                        + " attempt=1 zebra-"
                        + String.valueOf(10_000_000 + n % 1_000_000).substring(1);
    }

    /** The same lines in a file, for the tools; answers its bytes. */
    static long write(long lines, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long n = 1; n <= lines; n++) {
                out.write(text(n).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
        return Files.size(file);
    }
}
