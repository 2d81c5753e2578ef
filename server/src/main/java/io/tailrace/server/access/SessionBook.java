package io.tailrace.server.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Remembers durably whose sessions are, for as long as the log may hold something of theirs.
 * Thread-safe.
 *
 * <p>They lie in 256 notes by their hash, so that a new one costs a small write. What a principal
 * can take is bounded, and so is all: then new ids are refused, never old ones given away.
 */
public final class SessionBook implements SessionOwners {

    private static final int NOTES = 256;
    private static final int MOST = 100_000;
    private static final int MOST_OF_ONE = 10_000;
    private static final Duration TOUCH = Duration.ofHours(1);

    private final Notes notes;
    private final Predicate<String> inUse;
    private final Duration kept;
    private final InstantSource clock;

    // Guarded by this.
    private final List<Map<String, Owner>> shelves = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int all;

    /** Where it is kept. */
    public interface Notes {
        /** What was stored under a name. */
        Optional<byte[]> note(String name);

        /** Stores durably. */
        void putNote(String name, byte[] value);
    }

    private record Owner(String name, Instant used) {}

    /**
     * Reads what is kept.
     *
     * @param inUse whether the log holds something of a session; without an owner it is from when
     *     the gateway was open, and nobody's any more
     * @param kept how long an unused session stays its owner's
     */
    public SessionBook(Notes notes, Predicate<String> inUse, Duration kept, InstantSource clock) {
        this.notes = notes;
        this.inUse = inUse;
        this.kept = kept;
        this.clock = clock;
        for (int i = 0; i < NOTES; i++) {
            Map<String, Owner> shelf =
                    notes.note(note(i)).map(SessionBook::read).orElseGet(HashMap::new);
            shelves.add(shelf);
            shelf.values().forEach(o -> count(o.name(), 1));
        }
    }

    @Override
    public synchronized boolean claim(String session, String owner) {
        if (owner.equals(OpenCaller.NAME)) {
            return true; // an open gateway has no owners
        }
        int number = Math.floorMod(session.hashCode(), NOTES);
        Map<String, Owner> shelf = shelves.get(number);
        Instant now = clock.instant();
        Owner before = shelf.get(session);
        if (before != null && before.name().equals(owner)) {
            if (now.isAfter(before.used().plus(TOUCH))) {
                shelf.put(session, new Owner(owner, now));
                store(number, shelf);
            }
            return true;
        }
        if ((before != null && !over(before, now)) || inUse.test(session)) {
            return false;
        }
        return take(session, owner, number, now);
    }

    /** Somebody has a stream open there: its time does not run out. */
    public void inUse(String session, String owner) {
        boolean _ = owns(session, owner) && claim(session, owner);
    }

    private boolean take(String session, String owner, int number, Instant now) {
        Map<String, Owner> shelf = shelves.get(number);
        if (all >= MOST || counts.getOrDefault(owner, 0) >= MOST_OF_ONE) {
            for (int i = 0; i < NOTES; i++) {
                forgetOld(shelves.get(i), now);
            }
            if (all >= MOST || counts.getOrDefault(owner, 0) >= MOST_OF_ONE) {
                return false;
            }
        }
        forgetOld(shelf, now);
        shelf.put(session, new Owner(owner, now));
        count(owner, 1);
        store(number, shelf);
        return true;
    }

    @Override
    public synchronized boolean owns(String session, String owner) {
        Owner known = shelves.get(Math.floorMod(session.hashCode(), NOTES)).get(session);
        return known != null && known.name().equals(owner);
    }

    private void forgetOld(Map<String, Owner> shelf, Instant now) {
        shelf.values()
                .removeIf(o -> {
                    boolean over = over(o, now);
                    if (over) {
                        count(o.name(), -1);
                    }
                    return over;
                });
    }

    private boolean over(Owner owner, Instant now) {
        return now.isAfter(owner.used().plus(kept).plus(TOUCH));
    }

    private void count(String owner, int change) {
        all += change;
        counts.merge(owner, change, (a, b) -> a + b == 0 ? null : a + b);
    }

    private void store(int number, Map<String, Owner> shelf) {
        StringBuilder text = new StringBuilder();
        shelf.forEach((session, owner) ->
                text.append(session)
                        .append('\t')
                        .append(owner.used().toEpochMilli())
                        .append('\t')
                        .append(owner.name())
                        .append('\n'));
        notes.putNote(note(number), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Owner> read(byte[] note) {
        Map<String, Owner> shelf = new HashMap<>();
        for (String line : new String(note, StandardCharsets.UTF_8).split("\n", -1)) {
            String[] parts = line.split("\t", 3);
            if (parts.length == 3) {
                Instant used = Instant.ofEpochMilli(Long.parseLong(parts[1]));
                shelf.put(parts[0], new Owner(parts[2], used));
            }
        }
        return shelf;
    }

    private static String note(int number) {
        return "session-owners-" + number;
    }
}
