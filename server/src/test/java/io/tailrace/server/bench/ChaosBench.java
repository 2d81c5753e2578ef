package io.tailrace.server.bench;

import io.tailrace.server.chaos.Chaos;

import java.nio.file.Files;
import java.time.Duration;

/** As many random schedules of failures as one likes; ends with 1 at the first broken promise. */
public final class ChaosBench {

    private ChaosBench() {}

    /**
     * Runs them, one after the other.
     *
     * @param arguments how many (100), the first seed (1), seconds each (5)
     */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        for (long seed = first; seed < first + count; seed++) {
            var chaos =
                    new Chaos(
                            seed,
                            Duration.ofSeconds(seconds),
                            Files.createTempDirectory("tailrace-chaos"));
            System.out.println(chaos.run());
        }
        System.exit(0);
    }
}
