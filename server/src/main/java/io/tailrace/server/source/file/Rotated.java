package io.tailrace.server.source.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks beside a file for what rotation made of it. */
final class Rotated {

    private Rotated() {}

    /**
     * A file beside it.
     *
     * @param path its name
     * @param key its number on the disk
     * @param modified when it was last written
     */
    record Sibling(Path path, String key, FileTime modified) {

        /** Whether its name says that it is that file, packed. */
        boolean isPacked(FilePosition of) {
            return packs(path, of.path());
        }
    }

    /** Whether one is named like the other, packed. */
    static boolean packs(Path packed, Path plain) {
        return packed.toString().equals(plain + ".gz");
    }

    /** The number of a file on the disk; its name where the system has no numbers. */
    static String key(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? path.toString() : key.toString();
    }

    /** What holds the content that was read up to that position, under whatever name. */
    static Optional<Sibling> of(FilePosition position) throws IOException {
        for (Sibling each : siblings(position.path(), stem(position.path()))) {
            boolean same = each.key().equals(position.key());
            boolean alike = !each.path().equals(position.path()) || same;
            if (alike && position.head().begins(each.path())) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The content of the same file at another number: a copy, made before it was cut. */
    static Optional<Sibling> copy(FilePosition position) throws IOException {
        for (Sibling each : siblings(position.path(), stem(position.path()))) {
            if (!each.key().equals(position.key())
                    && position.head().begins(each.path())
                    && holds(each.path(), position.offset())) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path path, long bytes) throws IOException {
        return Head.packed(path) || Files.size(path) >= bytes;
    }

    /** What was rotated after that one, the oldest first. */
    static List<Sibling> after(Path base, Sibling found) throws IOException {
        String name = base.getFileName().toString();
        return siblings(base, name).stream()
                .filter(each -> !each.path().equals(base) && !each.key().equals(found.key()))
                .filter(each -> each.modified().compareTo(found.modified()) > 0)
                .toList();
    }

    /** The newest first when a name fits several. */
    private static List<Sibling> siblings(Path base, String begin) throws IOException {
        List<Sibling> siblings = new ArrayList<>();
        Path directory = base.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(
                        directory, path -> path.getFileName().toString().startsWith(begin))) {
            for (Path path : files) {
                add(siblings, path);
            }
        }
        siblings.sort(Comparator.comparing(Sibling::modified));
        return siblings;
    }

    private static void add(List<Sibling> siblings, Path path) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                siblings.add(
                        new Sibling(path, key(path, attributes), attributes.lastModifiedTime()));
            }
        } catch (IOException e) {
            return; // gone meanwhile
        }
    }

    /** {@code app} of {@code app.log}: rotation may put a date before the ending. */
    static String stem(Path path) {
        String name = path.getFileName().toString();
        int dot = name.indexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
