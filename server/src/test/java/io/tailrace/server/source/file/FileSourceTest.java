package io.tailrace.server.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.file.StandardOpenOption.APPEND;

import io.tailrace.server.source.SourceStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Every line once, in order, whatever happens to the file and to the gateway. */
final class FileSourceTest extends WithFileSource {

    @Test
    void linesComeWhileTheyAreWrittenAndNotBeforeTheyEnd() throws Exception {
        write(3);
        allArrived();
        Files.writeString(file, "half a ", APPEND);
        write(0);
        Files.writeString(file, "line\n", APPEND);
        written.add("half a line");
        write(2);
        allArrived();
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        write(10);
        allArrived();
        stop();
        write(10);
        start();
        allArrived();
    }

    @Test
    void readsARenamedFileToItsEndAndTheNewOneFromItsBeginning() throws Exception {
        write(10);
        allArrived();
        Path old = rename("app.log.1");
        Files.writeString(old, "written after it was renamed\n", APPEND);
        written.add("written after it was renamed");
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        write(10);
        allArrived();
    }

    @Test
    void findsWhatWasRotatedAndPackedWhileItDidNotRun() throws Exception {
        write(10);
        allArrived();
        stop();
        write(5);
        Path first = rename("app.log.1");
        write(7);
        pack(Files.move(first, file.resolveSibling("app.log.2")));
        Files.setLastModifiedTime(
                file.resolveSibling("app.log.2.gz"), FileTime.from(Instant.now().minusSeconds(60)));
        rename("app.log.1");
        write(3);
        start();
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void aFileThatIsCopiedAndCutIsReadOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            write(20);
            allArrived();
            Path copy = file.resolveSibling("app." + round + ".log"); // the pattern names it too
            Files.copy(file, copy);
            Files.writeString(file, "");
            // Cut it must be seen, or grow beyond what was read before, which the head tells.
            write(30);
            allArrived();
        }
    }

    @Test
    void whatWasCopiedAndCutWhileItDidNotRunIsFoundInTheCopy() throws Exception {
        write(20);
        allArrived();
        stop();
        write(5);
        Files.copy(file, file.resolveSibling("app.log.1"));
        Files.writeString(file, "");
        write(3);
        start();
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void saysWhatIsMissingWhenAFileIsGoneForGood() throws Exception {
        write(20);
        allArrived();
        stop();
        Files.delete(file);
        start();
        await().untilAsserted(() ->
                assertThat(sources.statuses().getFirst().problem())
                        .contains("app.log is gone", "behind byte"));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 1})
    void whatIsPackedSoonAfterItWasRotatedIsReadOnceAndMayBeDeleted(int count) throws Exception {
        stop();
        sources = started("paths = [\"%s/*.log*\"]".formatted(file.getParent()));
        write(count);
        allArrived();
        Path old = rename("app.log.1");
        write(5);
        await().until(() -> follows("app.log.1"));
        pack(old);
        ahead = Duration.ofSeconds(15);
        await().until(() -> follows("app.log.1.gz"));
        write(3);
        allArrivedInAnyOrder();

        Files.delete(old.resolveSibling("app.log.1.gz"));
        await().until(() -> !follows("app.log.1.gz"));
        assertThat(sources.statuses().getFirst().problem()).isNull();
    }

    private boolean follows(String name) {
        return sources.statuses().getFirst().parts().stream()
                .anyMatch(part -> part.name().endsWith("/" + name));
    }

    @Test
    void losesAndDoublesNothingWhenTheLogRefuses() throws Exception {
        write(100);
        allArrived();
        log.full = true;
        write(100);
        await().untilAsserted(() ->
                assertThat(sources.statuses().getFirst().state())
                        .isEqualTo(SourceStatus.State.WAITING));
        assertThat(sources.statuses().getFirst().problem()).contains("The disk is full");
        write(100);
        log.full = false;
        allArrived();
    }

    @Test
    void survivesRandomRotationsAndRestarts() throws Exception {
        Random random = new Random(7);
        for (int step = 0; step < 60; step++) {
            int what = random.nextInt(6);
            write(random.nextInt(20) + 8);
            switch (what) {
                case 0 -> {
                    seen(); // one that was never seen under its name is nobody's
                    rename("old." + step);
                }
                case 1 -> {
                    stop();
                    write(10);
                    start();
                }
                case 2 -> allArrivedInAnyOrder();
                default -> write(random.nextInt(3));
            }
        }
        allArrivedInAnyOrder();
    }
}
