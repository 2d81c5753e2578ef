package io.tailrace.server.access;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The grants that somebody wrote into a file, and those that admins set over HTTP, which are kept
 * in a file of the gateway's own. Thread-safe.
 */
final class GrantBook {

    private static final int MOST = 10_000;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final TypeReference<TreeMap<String, List<String>>> TEXTS =
            new TypeReference<>() {};

    private final @Nullable Path written;
    private final StateFile keptFile;
    private volatile GrantTable fromFile = GrantTable.EMPTY;
    private volatile Map<String, List<Grant>> kept = Map.of();

    /**
     * Reads both.
     *
     * @param written the file that somebody writes by hand, or null
     * @param kept the gateway's own; null keeps them in memory
     * @throws AccessException when one cannot be read or understood
     */
    GrantBook(@Nullable Path written, @Nullable Path kept) {
        this.written = written;
        this.keptFile = new StateFile(kept);
        reload();
    }

    /**
     * Reads both again.
     *
     * @return whether that changed anything
     * @throws AccessException when one cannot be; then its grants stay as they were
     */
    final synchronized boolean reload() {
        List<Object> before = List.of(fromFile, kept);
        reloadKept();
        if (written != null) {
            fromFile = GrantTable.read(written);
        }
        return !before.equals(List.of(fromFile, kept));
    }

    /** In one piece, so that what was read last is what holds. */
    private synchronized void reloadKept() {
        kept = read(keptFile.read());
    }

    /** What a principal in those groups has been granted. */
    List<Grant> of(String principal, Collection<String> groups) {
        List<Grant> grants = new ArrayList<>(fromFile.of(principal, groups));
        grants.addAll(kept.getOrDefault(principal, List.of()));
        return grants;
    }

    /** What somebody wrote. */
    GrantTable fromFile() {
        return fromFile;
    }

    /** What admins set. */
    Map<String, List<Grant>> kept() {
        return kept;
    }

    /** Sets the grants of a principal, in place of those that admins set before. */
    synchronized void put(String principal, List<Grant> grants) {
        keptFile.update(json -> {
            Map<String, List<Grant>> all = new TreeMap<>(read(json));
            all.put(principal, List.copyOf(grants));
            if (all.size() > MOST) {
                throw new IllegalArgumentException(
                        "%,d principals have grants already: remove some.".formatted(MOST));
            }
            return write(all);
        });
        reloadKept();
    }

    /** Takes them away; whether there were any. */
    synchronized boolean remove(String principal) {
        AtomicBoolean found = new AtomicBoolean();
        keptFile.update(json -> {
            Map<String, List<Grant>> all = new TreeMap<>(read(json));
            found.set(all.remove(principal) != null);
            return write(all);
        });
        reloadKept();
        return found.get();
    }

    private static Map<String, List<Grant>> read(Optional<byte[]> json) {
        if (json.isEmpty()) {
            return Map.of();
        }
        try {
            Map<String, List<Grant>> grants = new TreeMap<>();
            JSON.readValue(json.get(), TEXTS)
                    .forEach((name, texts) -> grants.put(name, Grant.parseAll(texts)));
            return grants;
        } catch (IOException | IllegalArgumentException e) {
            throw new AccessException(
                    "The gateway's own file of grants cannot be understood: remove grants.json or"
                            + " bring back one that it wrote.");
        }
    }

    private static byte[] write(Map<String, List<Grant>> all) {
        Map<String, List<String>> texts = new TreeMap<>();
        all.forEach(
                (name, grants) -> texts.put(name, grants.stream().map(Grant::toString).toList()));
        try {
            return JSON.writeValueAsBytes(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory: only a programming error
        }
    }
}
