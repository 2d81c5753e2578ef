package io.tailrace.desktop.bench;

import io.tailrace.desktop.GatewayKills;
import io.tailrace.desktop.walk.GatewayProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The gateway is killed 200 times during 1,000,000 events: lost 0, doubled 0, never blocked. */
public final class KillsBench {

    private KillsBench() {}

    /** Arguments: how many kills, how many events. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int kills = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        long events = args.length > 1 ? Long.parseLong(args[1]) : 1_000_000;
        Path folder = Files.createTempDirectory("kills");
        long begin = System.nanoTime();
        GatewayKills.Outcome outcome =
                new GatewayKills(GatewayProcess::startTrained, folder, kills, events).run();
        System.out.printf(
                "%d kills, %,d events in %d s: shown %,d, lost %d, doubled %d, slowest pulse %d ms"
                        + " of %,d; said: %s; load %.1f (files in %s)%n",
                kills,
                events,
                Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                outcome.shown(),
                outcome.lost(),
                outcome.doubled(),
                outcome.slowest() / 1_000_000,
                outcome.pulses(),
                outcome.told(),
                Usage.load(),
                folder);
    }
}
