package io.tailrace.demo.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the repository's jars and chooses this run's share of them. */
final class Discover implements Task {

    static final String NAME = "discover";

    private static final Logger LOG = LoggerFactory.getLogger("demo.Discover");

    private final PipelineSettings settings;
    private final long number;
    private final Dataset data;

    /**
     * A task.
     *
     * @param number of the run, from 1: it chooses the share
     */
    Discover(PipelineSettings settings, long number, Dataset data) {
        this.settings = settings;
        this.number = number;
        this.data = data;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of();
    }

    @Override
    public Explanation explanation() {
        return new Explanation(
                "A Maven repository is a data set",
                "Maven keeps every library it has ever downloaded below `~/.m2/repository`, by"
                    + " group, artifact and version. Most machines that build Java have hundreds of"
                    + " them. Each run takes another share, so no two runs are alike.");
    }

    @Override
    public long run(TaskContext context) throws Exception {
        Path root = settings.repository();
        if (!Files.isDirectory(root)) {
            throw new IOException(
                    "There is no Maven repository at " + root + ". Name one with --repository.");
        }
        List<Jar> all = new ArrayList<>();
        Files.walkFileTree(root, new Finder(root, all, context));
        if (all.isEmpty()) {
            throw new IOException("There are no jars below " + root + ". Build something first.");
        }
        data.jars = share(all);
        long bytes = data.jars.stream().mapToLong(Jar::size).sum();
        LOG.info(
                "{} jars below {}; run {} takes {} of them, {} MB",
                all.size(),
                root,
                number,
                data.jars.size(),
                bytes / 1_000_000);
        return data.jars.size();
    }

    /** A mixture, the same for the same number: the order is by a hash, not by name. */
    private List<Jar> share(List<Jar> all) {
        all.sort(Comparator.comparingInt((Jar j) -> j.name().hashCode()).thenComparing(Jar::name));
        int size = Math.min(settings.jarsPerRun(), all.size());
        int start = Math.floorMod((number - 1) * size, all.size());
        List<Jar> share = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            share.add(all.get((start + i) % all.size()));
        }
        return List.copyOf(share);
    }

    /** Collects jars; what cannot be read is logged and passed over. */
    private static final class Finder extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Jar> found;
        private final TaskContext context;

        Finder(Path root, List<Jar> found, TaskContext context) {
            this.root = root;
            this.found = found;
            this.context = context;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".jar") && attributes.isRegularFile()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                found.add(new Jar(file, name, attributes.size()));
                context.meter().count(1, 0, 0);
                context.advance(0, 1, "Looking for jars");
            }
            try {
                context.gate().pass();
                return FileVisitResult.CONTINUE;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return FileVisitResult.TERMINATE;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            LOG.warn("Cannot look into {}: {}", file, e.getMessage());
            return FileVisitResult.CONTINUE;
        }
    }
}
