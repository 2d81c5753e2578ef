package io.tailrace.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class FrameWriterTest {

    /** Takes what is written, but not the end. */
    private static final class EndlessWire implements Wire {
        @Override
        public void write(byte[] body, int length) {}

        @Override
        public void finish() throws IOException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException("closed", e);
            }
        }
    }

    @Test
    void theLastWriteIsWatchedLikeAllOthers() throws Exception {
        var writer = new FrameWriter(EndlessWire::new, null);
        writer.write(new byte[] {'x'});
        writer.flush();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> end =
                    threads.submit(() -> {
                        writer.finish();
                        return null;
                    });
            await().until(() -> writer.busy(0));
            writer.interruptOlderThan(0);

            await().until(end::isDone);
            assertThat(end.state()).isEqualTo(Future.State.FAILED);
            assertThat(writer.stalled()).isTrue();
        }
    }
}
