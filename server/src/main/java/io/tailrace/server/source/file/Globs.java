package io.tailrace.server.source.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the files that patterns such as {@code /var/log/app/**.log} name. */
final class Globs {

    private static final String SPECIAL = "*?[{";

    private final List<Root> roots = new ArrayList<>();

    private List<String> barren = List.of();

    private record Root(String pattern, Path directory, PathMatcher matcher, int depth) {}

    Globs(List<String> patterns) {
        for (String pattern : patterns) {
            roots.add(root(pattern));
        }
    }

    private static Root root(String pattern) {
        int special = 0;
        while (special < pattern.length() && SPECIAL.indexOf(pattern.charAt(special)) < 0) {
            special++;
        }
        String fixed = pattern.substring(0, special);
        int slash = Math.max(0, fixed.lastIndexOf('/'));
        Path directory = Path.of(pattern.substring(0, Math.max(1, slash)));
        long below = pattern.substring(slash + 1).chars().filter(c -> c == '/').count() + 1;
        return new Root(
                pattern,
                directory,
                FileSystems.getDefault().getPathMatcher("glob:" + pattern),
                pattern.contains("**") ? Integer.MAX_VALUE : (int) below);
    }

    /**
     * A regular file.
     *
     * @param path its name
     * @param key its number on the disk
     * @param size in bytes
     */
    record Found(Path path, String key, long size) {}

    /** Regular files in the order of their names. */
    List<Found> find(int most) throws IOException {
        Map<Path, Found> found = new TreeMap<>();
        List<String> without = new ArrayList<>();
        for (Root root : roots) {
            var finder = new Finder(root.matcher(), found, most);
            if (Files.isDirectory(root.directory())) {
                Files.walkFileTree(root.directory(), Set.of(), root.depth(), finder);
            }
            if (!finder.any) {
                without.add(root.pattern());
            }
        }
        barren = without;
        return List.copyOf(found.values());
    }

    /** The patterns that matched nothing when files were looked for last. */
    List<String> barren() {
        return barren;
    }

    private static final class Finder extends SimpleFileVisitor<Path> {
        private final PathMatcher matcher;
        private final Map<Path, Found> found;
        private final int most;
        private boolean any;

        Finder(PathMatcher matcher, Map<Path, Found> found, int most) {
            this.matcher = matcher;
            this.found = found;
            this.most = most;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && matcher.matches(file)) {
                any = true;
                found.put(file, new Found(file, Rotated.key(file, attributes), attributes.size()));
            }
            return found.size() > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // gone meanwhile, or not for us
        }
    }
}
