package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

@Timeout(180)
class KeptLinesTest {

    private static final int LINES = 30_000;

    @TempDir Path folder;

    private LogsModel model(long disk) {
        StoreLimits limits = new StoreLimits(4 << 20, disk, 1 << 16);
        return new LogsModel(new LogStore(limits, SegmentKeeper.inFolder(limits, folder)));
    }

    private static Entry line(int i) {
        return Lines.entry(
                i + 1L,
                i % 7 == 0 ? Level.ERROR : Level.INFO,
                "line " + i + " ä日本",
                null,
                Lines.RUN.withTask("t" + i % 3, 1),
                i % 5 == 0 ? Map.of("rows", i) : Map.of());
    }

    private static void publish(LogsModel model, int from, int to) {
        for (int i = from; i < to; i++) {
            model.append(line(i));
            if (i % 1000 == 0) {
                model.pulse();
            }
        }
        Lines.settle(model);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".lines")).toList();
        }
    }

    @Test
    void theNextConsoleShowsItsNewestLinesBeforeItLookedAtAll() {
        try (LogsModel model = model(1 << 30)) {
            publish(model, 0, LINES);
        }

        try (LogsModel model = model(1 << 30)) {
            model.pulse();
            assertThat(ShownLines.newestOnScreen(model)).isTrue();
            Lines.settle(model);
            assertThat(model.statusProperty().get().shown()).isEqualTo(LINES);
            assertThat(model.statusProperty().get().following()).isTrue();
        }
    }

    @Test
    void theNextConsoleShowsWhatWasHeldAndNothingComesTwice() throws IOException {
        try (LogsModel model = model(1 << 30)) {
            publish(model, 0, LINES);
        }
        assertThat(files()).isNotEmpty();

        try (LogsModel model = model(1 << 30)) {
            Lines.settle(model);
            assertThat(model.statusProperty().get().held()).isEqualTo(LINES);
            assertThat(model.history().coverage().lastMissing(Lines.CHANNEL, LINES + 1))
                    .isEqualTo(-1);
            publish(model, LINES - 1000, LINES + 1000);
            assertThat(Lines.shown(model))
                    .isEqualTo(LongStream.range(0, LINES + 1000).boxed().toList());
            for (int i = 0; i < LINES + 1000; i += 997) {
                long line = Lines.at(i);
                Event.Log log = (Event.Log) line(i).event();
                assertThat(LogLine.text(model.store(), line)).isEqualTo(log.message());
                assertThat(model.store().context(line).task()).isEqualTo("t" + i % 3);
                assertThat(LogLine.fields(model.store(), line))
                        .isEqualTo(i % 5 == 0 ? "{\"rows\":" + i + "}" : "");
            }
            model.find(new FindQuery("日本", false, true));
            Lines.settle(model);
            assertThat(model.statusProperty().get().matches()).isEqualTo(LINES + 1000);
        }
    }

    @Test
    void linesInFilesCostNoMemoryAndTheOldestLeaveBeyondTheDisksBudget() throws IOException {
        try (LogsModel model = model(2 << 20)) {
            publish(model, 0, 200_000);
            Awaitility.await()
                    .untilAsserted(() -> {
                        model.pulse();
                        assertThat(size()).isLessThan(3 << 20);
                    });
            long held = model.statusProperty().get().held();
            assertThat(held).isBetween(20_000L, 199_000L);
            assertThat(model.statusProperty().get().gone()).isEqualTo(200_000 - held);
            assertThat(LogLine.text(model.store(), model.store().oldest()))
                    .startsWith("line " + (200_000 - held) + " ");
        }
    }

    private long size() throws IOException {
        long size = 0;
        for (Path file : files()) {
            size += Files.size(file);
        }
        return size;
    }

    @Test
    void damagedFilesAreLeftOutAndAskedForAgain() throws IOException {
        try (LogsModel model = model(1 << 30)) {
            publish(model, 0, LINES);
        }
        List<Path> files = files();
        byte[] bytes = Files.readAllBytes(files.getFirst());
        bytes[bytes.length - 100] ^= 1;
        Files.write(files.getFirst(), bytes);
        Files.write(files.get(1), new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
        Files.write(folder.resolve("9999.lines"), new byte[300]);

        try (LogsModel model = model(1 << 30)) {
            Lines.settle(model);
            assertThat(model.statusProperty().get().held()).isBetween(1L, (long) LINES - 1);
            assertThat(model.history().coverage().channels()).isEmpty();
            publish(model, 0, LINES);
            assertThat(Lines.shown(model)).isEqualTo(LongStream.range(0, LINES).boxed().toList());
        }
    }

    @Test
    void aSecondConsoleHoldsItsLinesInMemoryAndSaysSo() {
        try (LogsModel first = model(1 << 30);
                LogsModel second = model(1 << 30)) {
            publish(second, 0, 10);
            assertThat(second.statusProperty().get().notice())
                    .isEqualTo(
                            "Log lines are held in memory only, fewer and not for the next start:"
                                    + " another console is open for this gateway.");
            assertThat(first.statusProperty().get().notice()).isEmpty();
        }
    }

    @Test
    void aNoticeThatIsReplayedAfterAStartIsNotShownTwice() {
        for (int start = 0; start < 3; start++) {
            try (LogsModel model = model(1 << 30)) {
                publish(model, 0, 100);
                model.gap(Lines.gap(10, 50));
                model.gap(Lines.gap(10, 50)); // also while it waits for its place
                model.gap(Lines.gap(20, 50)); // another one
                Lines.settle(model);
                assertThat(ShownLines.notices(model)).hasSize(2);
            }
        }
    }

    @Test
    void linesThatStillWaitForTheirPlaceAreKept() {
        try (LogsModel model = model(1 << 30)) {
            publish(model, 50, 100);
            model.append(line(10));
        }
        try (LogsModel model = model(1 << 30)) {
            Lines.settle(model);
            assertThat(Lines.shown(model)).hasSize(51).startsWith(10L, 50L);
        }
    }

    @Test
    void nothingIsClaimedWhenSomeLinesNeverReachedTheDisk() throws IOException {
        for (int file = 3; file < 500; file++) { // in the way
            Files.createDirectories(folder.resolve(file + ".lines.new").resolve("x"));
        }
        try (LogsModel model = model(1 << 30)) {
            publish(model, 0, LINES);
        }
        assertThat(files()).isNotEmpty();
        try (LogsModel model = model(1 << 30)) {
            Lines.settle(model);
            assertThat(model.statusProperty().get().held()).isBetween(1L, (long) LINES - 1);
            assertThat(model.history().coverage().channels()).isEmpty();
        }
    }

    @Test
    void nobodyElseCanReadTheLines() throws IOException {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        model(1 << 30).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatCameWhileAChannelWasLeftIsOfferedAlsoAfterARestart() {
        try (LogsModel model = model(1 << 30)) {
            publish(model, 0, 50);
            model.carries(List.of("logs:acme:users"));
        }
        try (LogsModel model = model(1 << 30)) {
            publish(model, 0, 50); // from the cache of events
            model.carries(List.of("logs:acme:users")); // so ends the cache
            publish(model, 90, 100);
            model.carries(List.of("logs:acme:*"));
            Coverage coverage = model.history().coverage();
            assertThat(coverage.lastMissing(Lines.CHANNEL, 101)).isEqualTo(90);
            assertThat(coverage.lastMissing(Lines.CHANNEL, 51)).isEqualTo(-1);
        }
    }
}
