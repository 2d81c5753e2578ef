package io.tailrace.demo.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the tasks of one run hand on: written by one task, read by those that come after it. */
final class Dataset {

    final Map<Jar, JarFacts> facts = new ConcurrentHashMap<>();
    final Map<Jar, List<ClassFacts>> classes = new ConcurrentHashMap<>();
    final Map<Jar, List<String>> brokenClasses = new ConcurrentHashMap<>();
    final Map<Jar, List<Licence>> licences = new ConcurrentHashMap<>();
    volatile List<Jar> jars = List.of();
    volatile List<Finding> findings = List.of();
    volatile List<Table> tables = List.of();
    volatile long loaded; // rows in the database
    private final Path database;

    /**
     * An empty set.
     *
     * @param database the file, without its ending, that the rows are loaded into
     */
    Dataset(Path database) {
        this.database = database;
    }

    /** The JDBC URL of the run's database. */
    String url() {
        return "jdbc:h2:file:" + database.toAbsolutePath() + ";TRACE_LEVEL_FILE=0";
    }

    /** How many classes there are. */
    long classCount() {
        return classes.values().stream().mapToLong(List::size).sum();
    }

    /** How many jars name how many licences. */
    long licenceCount() {
        return licences.values().stream().mapToLong(List::size).sum();
    }
}
