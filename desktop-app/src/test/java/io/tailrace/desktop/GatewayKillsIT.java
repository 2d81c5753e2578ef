package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.walk.GatewayProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The short form of {@code bench.KillsBench}. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class GatewayKillsIT {

    @TempDir Path folder;

    @Test
    void theConsoleLosesAndDoublesNothingAndItsWindowIsNeverBlocked() throws Exception {
        GatewayKills.Outcome outcome =
                new GatewayKills(GatewayProcess::start, folder, 5, 20_000).run();

        assertThat(outcome.shown()).isEqualTo(20_000);
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.doubled()).isZero();
        assertThat(outcome.told()).isEmpty();
        assertThat(TimeUnit.NANOSECONDS.toMillis(outcome.slowest())).isLessThan(100);
    }
}
