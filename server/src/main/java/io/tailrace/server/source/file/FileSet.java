package io.tailrace.server.source.file;

import io.tailrace.model.Event;
import io.tailrace.server.ingest.LineIntake;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.settings.FileSourceSettings;
import io.tailrace.server.source.Complaint;
import io.tailrace.server.source.Outlet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The files of a source: which there are, up to where each was read. Confined to its thread. */
final class FileSet implements AutoCloseable {

    private static final int MOST = 20_000;
    private static final Duration KEPT_OPEN = Duration.ofMinutes(1);
    // Programs write to a renamed file until they are told.
    private static final Duration LINGER = Duration.ofSeconds(10);
    private static final String INDEX = "files";
    private static final byte[] NOTHING = {};

    private final FileSourceSettings settings;
    private final Globs globs;
    private final PathNames names;
    private final Clock clock;
    private final Redactor redactor;
    private final Outlet outlet;
    private final List<Event.Published> events;
    private final Map<String, FileTail> tails = new LinkedHashMap<>();
    private final Map<String, FilePosition> stored = new HashMap<>();
    private final Set<Path> warned = new HashSet<>();
    private final Set<Path> unreadable = new HashSet<>();
    private final Complaint barren;
    private boolean first;
    private boolean indexed;

    /**
     * As it was left.
     *
     * @param events where the events of all files are gathered until they are stored
     */
    FileSet(
            FileSourceSettings settings,
            PathNames names,
            Clock clock,
            Redactor redactor,
            Outlet outlet,
            List<Event.Published> events) {
        this.settings = settings;
        this.globs = new Globs(settings.paths());
        this.names = names;
        this.clock = clock;
        this.redactor = redactor;
        this.outlet = outlet;
        this.events = events;
        this.barren = new Complaint(outlet);
        Optional<byte[]> index = outlet.position(INDEX);
        this.first = index.isEmpty();
        this.indexed = !first;
        for (String key : index.map(FilePosition::keys).orElse(List.of())) {
            outlet.position(key).map(FilePosition::decode).ifPresent(this::restore);
        }
    }

    private void restore(FilePosition position) {
        stored.put(position.key(), position);
        follow(position);
    }

    private boolean follow(FilePosition position) {
        Optional<LineIntake.Target> target = names.target(position.path());
        if (target.isEmpty()) {
            if (warned.add(position.path())) {
                outlet.warn(
                        "%s is not read: 'match' finds no workspace and workflow in its name."
                                .formatted(position.path()));
            }
            return false;
        }
        follow(position, target.get());
        return true;
    }

    private void follow(FilePosition position, LineIntake.Target target) {
        tails.put(
                position.key(),
                new FileTail(position, target, clock, redactor, events::add, outlet));
    }

    List<FileTail> tails() {
        return List.copyOf(tails.values());
    }

    /** Looks which files there are now. */
    void scan() throws IOException {
        List<Globs.Found> found = globs.find(MOST);
        if (found.size() > MOST && warned.add(Path.of(""))) {
            outlet.warn("More than %,d files match; the rest is not read.".formatted(MOST));
        }
        barren.say(
                globs.barren().isEmpty()
                        ? ""
                        : "No file matches %s; those that appear are read."
                                .formatted(String.join(", ", globs.barren())));
        Map<String, Globs.Found> present = new HashMap<>();
        found.forEach(each -> present.put(each.key(), each));
        for (FileTail tail : tails()) {
            Globs.Found now = present.get(tail.key());
            if (now == null) {
                tail.gone();
            } else {
                boolean changed = tail.seen(now.path(), now.size());
                if (changed || tail.isOpen()) {
                    checkCut(tail);
                }
            }
        }
        for (FileTail tail : tails()) {
            if (tail.isGone()) {
                finish(tail);
            } else if (tail.quiet(KEPT_OPEN)) {
                tail.close();
            }
        }
        for (Globs.Found each : found) {
            appear(each);
        }
        first = false;
    }

    /**
     * A file that was cut to nothing, perhaps after it was copied, or whose number is used anew.
     */
    private void checkCut(FileTail tail) throws IOException {
        try {
            if (!tail.isCut()) {
                return;
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            return; // gone since, or not ours at this moment: the next scan sees it
        }
        FilePosition before = tail.position();
        tail.close();
        Optional<Rotated.Sibling> copy = Rotated.copy(before);
        if (copy.isPresent() && !tails.containsKey(copy.get().key())) {
            rest(before, copy.get(), tail.target());
        }
        follow(new FilePosition(before.path(), before.key(), 0, Head.NONE), tail.target());
    }

    /** Goes on with what another file holds of the same content, then with what came after it. */
    private void rest(FilePosition before, Rotated.Sibling where, LineIntake.Target target)
            throws IOException {
        follow(new FilePosition(where.path(), where.key(), before.offset(), before.head()), target);
        for (Rotated.Sibling later : Rotated.after(before.path(), where)) {
            if (!tails.containsKey(later.key())) {
                follow(new FilePosition(later.path(), later.key(), 0, Head.NONE), target);
            }
        }
    }

    private void finish(FileTail tail) throws IOException {
        if (tail.isOpen()) {
            if (tail.quiet(LINGER)) {
                tail.end();
                handOn(tail);
            }
            return;
        }
        FilePosition position = tail.position();
        Optional<Rotated.Sibling> found = Rotated.of(position);
        boolean itself = found.isPresent() && found.get().path().equals(position.path());
        if (itself) {
            return; // such as a rotated one that no pattern names: it is opened and read to its end
        }
        drop(tail);
        if (found.isEmpty()) {
            if (!tail.isExhausted()) {
                outlet.warn(
                        "%s is gone since it was read last; what it had behind byte %d is missing."
                                .formatted(position.path(), position.offset()));
            }
            return;
        }
        rest(position, found.get(), tail.target());
    }

    /** What was read of it was read of what it was packed or copied to. */
    private void handOn(FileTail tail) throws IOException {
        FilePosition read = tail.position();
        Optional<Rotated.Sibling> found = Rotated.of(read);
        drop(tail);
        if (found.isPresent() && !tails.containsKey(found.get().key())) {
            Rotated.Sibling to = found.get();
            if (!to.key().equals(read.key()) && (read.head().telling() || to.isPacked(read))) {
                follow(
                        new FilePosition(to.path(), to.key(), read.offset(), read.head()),
                        tail.target());
            }
        }
    }

    private void drop(FileTail tail) throws IOException {
        tail.close();
        tails.remove(tail.key());
    }

    private void appear(Globs.Found found) {
        Path path = found.path();
        if (tails.containsKey(found.key()) || warned.contains(path)) {
            return;
        }
        try {
            Head head = Head.of(path, Head.MOST);
            unreadable.remove(path);
            if (tails.values().stream().anyMatch(tail -> copies(path, head, tail))) {
                return; // a copy of one that is being read; it counts when that one is cut or gone
            }
            boolean skipped = first && !settings.fromBeginning();
            long end = Head.packed(path) ? Long.MAX_VALUE : found.size();
            long offset = skipped ? end : 0;
            follow(new FilePosition(path, found.key(), offset, skipped ? head : Head.NONE));
        } catch (EOFException | NoSuchFileException e) {
            return; // still being packed, or gone since
        } catch (IOException e) {
            unreadable(path, e);
        }
    }

    /**
     * Rotation leaves copies beside a file, with names that begin alike; of a short one only that
     * which is named like its packed self.
     */
    private static boolean copies(Path path, Head head, FileTail tail) {
        return tail.head().equals(head)
                && (head.telling() || (head.length() > 0 && Rotated.packs(path, tail.path())))
                && Objects.equals(path.getParent(), tail.path().getParent())
                && Rotated.stem(path).equals(Rotated.stem(tail.path()));
    }

    private void unreadable(Path path, IOException e) {
        if (unreadable.add(path)) {
            String why = e instanceof AccessDeniedException ? "access is denied" : e.getMessage();
            outlet.warn("%s cannot be read now: %s. It is tried again.".formatted(path, why));
        }
    }

    /** Reads once of one file; false when there is nothing more at this moment. */
    boolean read(FileTail tail, byte[] buffer) throws IOException {
        try {
            return tail.read(buffer);
        } catch (NoSuchFileException e) {
            return false; // the next scan finds out what became of it
        } catch (AccessDeniedException e) {
            unreadable(tail.path(), e);
            return false;
        }
    }

    /** Stores what was gathered, with the positions behind it. */
    void store() {
        Map<String, byte[]> parts = new HashMap<>();
        Map<String, FilePosition> changed = new HashMap<>();
        for (FileTail tail : tails.values()) {
            FilePosition now = tail.position();
            if (!now.equals(stored.get(tail.key()))) {
                changed.put(tail.key(), now);
                parts.put(tail.key(), now.encode());
            }
        }
        Set<String> dropped = new HashSet<>(stored.keySet());
        dropped.removeAll(tails.keySet());
        dropped.forEach(key -> parts.put(key, NOTHING));
        if (!indexed || !stored.keySet().containsAll(tails.keySet()) || !dropped.isEmpty()) {
            parts.put(INDEX, FilePosition.encode(tails.keySet()));
        }
        if (parts.isEmpty() && events.isEmpty()) {
            return;
        }
        outlet.store(List.copyOf(events), parts);
        events.clear();
        indexed = true;
        stored.putAll(changed);
        stored.keySet().removeAll(dropped);
    }

    @Override
    public void close() throws IOException {
        for (FileTail tail : tails.values()) {
            tail.close();
        }
    }
}
