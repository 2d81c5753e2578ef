package io.tailrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SpillDrawerTest {

    @TempDir Path folder;

    /** Opening it and closing it again would unlock it for other processes. */
    @Test
    void theLockOfAnotherPublisherOfThisProcessIsNotEvenOpened() throws IOException {
        Path drawer = folder.resolve("a");
        SpillDrawer first = SpillDrawer.take(drawer).orElseThrow();
        Files.delete(drawer.resolve("lock"));

        assertThat(SpillDrawer.take(folder.resolve(".").resolve("a"))).isEmpty();

        assertThat(drawer.resolve("lock")).doesNotExist();
        first.close();
        try (SpillDrawer next = SpillDrawer.take(drawer).orElseThrow()) {
            assertThat(next.segments()).isEmpty();
        }
    }
}
