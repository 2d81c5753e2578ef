package io.tailrace.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;

/** A few schedules; {@code ChaosBench} runs as many as one likes. */
@Execution(ExecutionMode.CONCURRENT)
class ChaosIT {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 3})
    void nothingIsLostNothingComesTwiceAndGapsAreToldWhateverGoesWrong(long seed) throws Exception {
        String told = new Chaos(seed, Duration.ofSeconds(5), folder).run();

        assertThat(told).contains("published");
    }
}
