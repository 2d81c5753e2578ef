package io.tailrace.demo.pipeline;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the pipeline works.
 *
 * @param repository the Maven repository to read
 * @param work where database and reports go
 * @param jarsPerRun the most jars of one run
 * @param jarsPerSecond the most jars whose classes are extracted in a second, 0 for no limit;
 *     cheaper steps may take more
 * @param strictEvery how many runs there are to each one that has a quality gate; 0 for none
 * @param pause between two runs
 */
record PipelineSettings(
        Path repository,
        Path work,
        int jarsPerRun,
        double jarsPerSecond,
        int strictEvery,
        Duration pause) {

    /** The usual ones: runs of about a minute. */
    static PipelineSettings of(Path repository, Path work) {
        return new PipelineSettings(repository, work, 240, 6, 4, Duration.ofSeconds(10));
    }

    /** Whether the run of that number has a quality gate. */
    boolean strict(long number) {
        return strictEvery > 0 && number % strictEvery == 0;
    }
}
