package io.tailrace.server.deadletter;

import io.tailrace.server.redaction.Redactor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dead letters that are kept: the newest 10,000, at most 64 MiB of them, each at most 64 KiB;
 * but whoever holds most of that gives way first, so that nobody pushes out the letters of others.
 * When the disk refuses one it is counted as lost, and publishers notice nothing. Thread-safe.
 */
public final class DeadLetters {

    private static final System.Logger LOGGER = System.getLogger(DeadLetters.class.getName());
    private static final int MOST_BODY = 64 * 1024;
    private static final int MOST_REASON = 1_000;
    private static final DeadLetter.Source UNREADABLE = new DeadLetter.Source("", "", "");
    private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]{1,200})['\"]");

    private final Shelf shelf;
    private final Redactor redactor;
    private final Clock clock;
    private final int most;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private final Shares shares = new Shares();
    private long next = 1;
    private long came;
    private long lost;
    private long pushedOut;

    /**
     * Opens them.
     *
     * @param directory where they lie; null to keep them in memory
     * @param redactor masks secrets in them
     */
    public DeadLetters(@Nullable Path directory, Redactor redactor, Clock clock) {
        this(
                directory == null ? new MemoryShelf() : new FileShelf(directory),
                redactor,
                clock,
                10_000,
                64 << 20);
    }

    /** With other bounds. */
    DeadLetters(Shelf shelf, Redactor redactor, Clock clock, int most, long mostBytes) {
        this.shelf = shelf;
        this.redactor = redactor;
        this.clock = clock;
        this.most = most;
        this.mostBytes = mostBytes;
        try {
            shelf.sizes().forEach(this::found);
        } catch (IOException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING, "Dead letters cannot be read: " + e.getMessage());
        }
        next = shares.ids().isEmpty() ? 1 : shares.ids().last() + 1;
    }

    private void found(long id, int size) {
        shares.put(id, read(id).map(DeadLetter::source).orElse(UNREADABLE), size);
    }

    /** Keeps a part of an array that could not be taken, and why. */
    public void keep(DeadLetter.Source source, String reason, byte[] body, int offset, int length) {
        byte[] head = Arrays.copyOfRange(body, offset, offset + Math.min(length, MOST_BODY));
        byte[] clean = redactor.redact(head);
        var safe =
                new DeadLetter.Source(
                        source.principal(),
                        redactor.redact(source.target()),
                        source.contentType(),
                        redactor.redact(source.origin()));
        String why = safe(reason, head, clean);
        long size = clean.length + (long) (length - head.length);
        lock.lock();
        try {
            came++;
            put(new DeadLetter(next++, clock.instant(), safe, why, clean, size, 0));
            makeRoom();
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom() {
        while (shares.ids().size() > most) {
            shares.mostNumerous().ifPresent(this::drop);
            pushedOut++;
        }
        while (shares.bytes() > mostBytes) {
            shares.largest().ifPresent(this::drop);
            pushedOut++;
        }
    }

    /** The reason without secrets, also those that it quotes and that were found in the body. */
    private String safe(String reason, byte[] body, byte[] clean) {
        String why = reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) : reason;
        String masked = redactor.redact(why);
        if (Arrays.equals(body, clean)) { // nothing was found in it
            return masked;
        }
        String before = new String(body, StandardCharsets.UTF_8);
        String after = new String(clean, StandardCharsets.UTF_8);
        return QUOTED.matcher(masked)
                .replaceAll(quoted -> {
                    String words = quoted.group(1);
                    boolean gone = before.contains(words) && !after.contains(words);
                    return Matcher.quoteReplacement(gone ? "'[redacted]'" : quoted.group());
                });
    }

    private void put(DeadLetter letter) {
        byte[] json = LetterCodec.encode(letter);
        try {
            shelf.put(letter.id(), json);
            shares.put(letter.id(), letter.source(), json.length);
        } catch (IOException e) {
            if (lost++ == 0) {
                LOGGER.log(
                        System.Logger.Level.ERROR,
                        "Dead letters cannot be written: " + e.getMessage());
            }
        }
    }

    private void drop(long id) {
        shares.remove(id);
        try {
            shelf.remove(id);
        } catch (IOException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "A dead letter cannot be deleted: " + e.getMessage());
        }
    }

    /** Those behind an id, oldest first, at most so many. */
    List<DeadLetter> after(long id, int limit) {
        lock.lock();
        try {
            List<DeadLetter> letters = new ArrayList<>();
            for (long each : shares.ids().tailSet(id, false)) {
                if (letters.size() == limit) {
                    break;
                }
                read(each).ifPresent(letters::add);
            }
            return letters;
        } finally {
            lock.unlock();
        }
    }

    /** The one with that id. */
    Optional<DeadLetter> get(long id) {
        lock.lock();
        try {
            return shares.ids().contains(id) ? read(id) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<DeadLetter> read(long id) {
        try {
            return shelf.get(id).flatMap(LetterCodec::decode);
        } catch (IOException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING, "A dead letter cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** It was sent again without success. */
    void failedAgain(long id) {
        lock.lock();
        try {
            get(id).ifPresent(letter -> put(letter.again()));
        } finally {
            lock.unlock();
        }
    }

    /** Deletes one; whether it was there. */
    boolean delete(long id) {
        lock.lock();
        try {
            boolean there = shares.ids().contains(id);
            if (there) {
                drop(id);
            }
            return there;
        } finally {
            lock.unlock();
        }
    }

    /** The ids of all, to be looked at one by one. */
    List<Long> ids() {
        lock.lock();
        try {
            return List.copyOf(shares.ids());
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many there are and were.
     *
     * @param kept now
     * @param came since the start
     * @param pushedOut by newer ones, since the start
     * @param lost because the disk refused them, since the start
     */
    public record Counts(long kept, long came, long pushedOut, long lost) {}

    /** How many there are and were. */
    public Counts counts() {
        lock.lock();
        try {
            return new Counts(shares.ids().size(), came, pushedOut, lost);
        } finally {
            lock.unlock();
        }
    }
}
