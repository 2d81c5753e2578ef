package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers answers by idempotency key, oldest forgotten first.
 *
 * <p>In the database: {@code 'k' key → created i64 | number u64 | answer} and {@code 'o' number →
 * created i64 | key}, where numbers count up. So the oldest is found without a search, and memory
 * holds two numbers. {@link #find} may be called by any thread; the rest only by the writer whose
 * turn it is.
 */
final class ReceiptBook {

    private static final byte BY_KEY = 'k';
    private static final byte IN_ORDER = 'o';
    private static final int HEAD = 16;

    /** Old receipts removed per append beyond the number it adds. */
    private static final int EXTRA = 64;

    private final ReceiptLimits limits;
    private Range kept = new Range(0, 0, 0);

    /**
     * The numbers in use.
     *
     * @param oldest the first
     * @param next one behind the last
     * @param checkAt when the oldest is forgotten, in milliseconds since 1970; 0 when unknown
     */
    record Range(long oldest, long next, long checkAt) {}

    ReceiptBook(ReceiptLimits limits) {
        this.limits = limits;
    }

    /** Takes over what the database says. */
    void load(RocksStore store) throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                RocksIterator at = store.db().newIterator(store.receipts(), options)) {
            at.seek(ordered(0));
            long oldest = number(at);
            at.seekForPrev(ordered(-1)); // the largest unsigned number
            long newest = number(at);
            at.status();
            kept = oldest < 0 ? new Range(0, 0, 0) : new Range(oldest, newest + 1, 0);
        }
    }

    private static long number(RocksIterator at) {
        return at.isValid() && at.key()[0] == IN_ORDER ? ByteBuffer.wrap(at.key()).getLong(1) : -1;
    }

    Optional<byte[]> find(RocksStore store, String key, long now) throws RocksDBException {
        byte[] value = store.db().get(store.receipts(), byKey(key.getBytes(UTF_8)));
        if (value == null || !limits.keeps(ByteBuffer.wrap(value).getLong(), now)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOfRange(value, HEAD, value.length));
    }

    /** Puts new answers into a batch and takes old ones out; {@link #adopt} the result later. */
    Range stage(RocksStore store, WriteBatch batch, Map<String, byte[]> answers, long now)
            throws RocksDBException {
        Range range = forget(store, batch, answers.size(), now);
        long next = kept.next();
        for (Map.Entry<String, byte[]> receipt : answers.entrySet()) {
            byte[] key = receipt.getKey().getBytes(UTF_8);
            byte[] answer = receipt.getValue();
            batch.put(
                    store.receipts(),
                    byKey(key),
                    ByteBuffer.allocate(HEAD + answer.length)
                            .putLong(now)
                            .putLong(next)
                            .put(answer)
                            .array());
            batch.put(
                    store.receipts(),
                    ordered(next++),
                    ByteBuffer.allocate(8 + key.length).putLong(now).put(key).array());
        }
        return new Range(range.oldest(), next, range.checkAt());
    }

    private Range forget(RocksStore store, WriteBatch batch, int adding, long now)
            throws RocksDBException {
        long oldest = kept.oldest();
        long surplus = kept.next() + adding - limits.most(); // numbers below it must go
        long stop = Math.min(kept.next(), oldest + adding + EXTRA);
        long checkAt = kept.checkAt();
        while (oldest < stop && (oldest < surplus || now >= checkAt)) {
            byte[] value = store.db().get(store.receipts(), ordered(oldest));
            if (value != null) {
                long created = ByteBuffer.wrap(value).getLong();
                if (oldest >= surplus && limits.keeps(created, now)) {
                    checkAt = created + limits.keep().toMillis();
                    break;
                }
                dropAnswer(store, batch, Arrays.copyOfRange(value, 8, value.length), oldest);
            }
            batch.delete(store.receipts(), ordered(oldest++));
            checkAt = 0;
        }
        return new Range(oldest, kept.next(), checkAt);
    }

    /** Unless the key was answered again later. */
    private void dropAnswer(RocksStore store, WriteBatch batch, byte[] key, long number)
            throws RocksDBException {
        byte[] value = store.db().get(store.receipts(), byKey(key));
        if (value != null && ByteBuffer.wrap(value).getLong(8) == number) {
            batch.delete(store.receipts(), byKey(key));
        }
    }

    /** The batch was stored. */
    void adopt(Range range) {
        kept = range;
    }

    /** Puts the removal of receipts into a batch that a failed write left in the database. */
    void undo(RocksStore store, WriteBatch batch) throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                RocksIterator at = store.db().newIterator(store.receipts(), options)) {
            for (at.seek(ordered(kept.next())); number(at) >= 0; at.next()) {
                byte[] value = at.value();
                dropAnswer(store, batch, Arrays.copyOfRange(value, 8, value.length), number(at));
                batch.delete(store.receipts(), at.key());
            }
            at.status();
        }
    }

    private static byte[] byKey(byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put(BY_KEY).put(key).array();
    }

    private static byte[] ordered(long number) {
        return ByteBuffer.allocate(9).put(IN_ORDER).putLong(number).array();
    }
}
