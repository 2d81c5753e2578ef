package io.tailrace.server.eventlog;

import static io.tailrace.server.eventlog.Entries.A;
import static io.tailrace.server.eventlog.Entries.entry;
import static io.tailrace.server.eventlog.Entries.text;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class RocksDbCrashIT {

    private final MutableClock clock = new MutableClock();

    @TempDir Path directory;

    @Test
    void everythingAcknowledgedIsThereAfterEachKill() throws Exception {
        Path data = directory.resolve("log");
        String epoch = "";
        long acknowledged = 0;
        for (int kill = 0; kill < 4; kill++) {
            acknowledged = writeAndKill(data, 30 + kill * 100, acknowledged);
            try (EventLog log = RocksDbEventLog.open(data, RocksDbOptions.DEFAULT, clock)) {
                assertThat(log.newest()).isGreaterThanOrEqualTo(acknowledged);
                assertThat(epoch).isIn("", log.epoch());
                epoch = log.epoch();
                checkWhole(log);
                acknowledged = log.newest();
            }
        }
        try (EventLog log = RocksDbEventLog.open(data, RocksDbOptions.DEFAULT, clock)) {
            assertThat(log.append(List.of(entry(A, "after")), Map.of()))
                    .isEqualTo(acknowledged + 1);
        }
    }

    /** The newest position that the child said was acknowledged before it was killed. */
    private long writeAndKill(Path data, int appends, long newest)
            throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashWriter.class.getName(),
                                data.toString())
                        .redirectError(directory.resolve("child.log").toFile())
                        .start();
        long last = newest;
        try (BufferedReader out = child.inputReader(UTF_8)) {
            for (int i = 0; ; i++) {
                if (i == appends) { // not destroyForcibly: lines in the pipe count, too
                    child.toHandle().destroyForcibly();
                }
                String line = out.readLine();
                if (line == null || !line.matches("\\d+ \\d+")) {
                    break; // the end, perhaps in the middle of a line
                }
                String[] acknowledged = line.split(" ", -1);
                assertThat(Long.parseLong(acknowledged[0])).isEqualTo(last + 1);
                last += Long.parseLong(acknowledged[1]);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(last).as(Files.readString(directory.resolve("child.log"))).isPositive();
        return last;
    }

    private static void checkWhole(EventLog log) {
        List<ChannelInfo> infos = log.channels();
        long trimmedTo = infos.stream().mapToLong(ChannelInfo::trimmedTo).max().orElse(0);
        List<Channel> channels = infos.stream().map(ChannelInfo::channel).toList();
        List<StoredEntry> tail =
                log.read(channels, trimmedTo, Long.MAX_VALUE, 1_000_000, Long.MAX_VALUE);
        assertThat(tail).hasSize((int) (log.newest() - trimmedTo));
        for (ChannelInfo info : infos) {
            List<StoredEntry> read =
                    log.read(List.of(info.channel()), 0, Long.MAX_VALUE, 1_000_000, Long.MAX_VALUE);
            assertThat(read).hasSize((int) info.count());
            assertThat(read.stream().mapToLong(e -> e.json().length).sum()).isEqualTo(info.bytes());
            assertThat(read.getLast().position()).isEqualTo(info.newest());
            assertThat(read).allMatch(e -> info.channel().name().endsWith(text(e).substring(0, 2)));
        }
    }
}
