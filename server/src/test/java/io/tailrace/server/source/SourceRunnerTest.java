package io.tailrace.server.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

class SourceRunnerTest extends WithSources {

    /** Fails once, and then has something to complain about. */
    private static final class Complaining implements Source {
        private final CountDownLatch stored = new CountDownLatch(1);
        private final CountDownLatch never = new CountDownLatch(1);
        private boolean failed;

        @Override
        public String name() {
            return "k";
        }

        @Override
        public String type() {
            return "kafka";
        }

        @Override
        public List<SourcePart> parts() {
            return List.of();
        }

        @Override
        public void run(Outlet outlet) throws IOException, InterruptedException {
            if (!failed) {
                failed = true;
                throw new IOException("The broker does not answer.");
            }
            outlet.warn("Kafka has no topic b.");
            outlet.store(List.of(), Map.of());
            stored.countDown();
            never.await();
        }
    }

    @Test
    void whatStandsIsStillSaidAfterANewConnection() throws Exception {
        var source = new Complaining();
        start("k { type = kafka, bootstrap = \"localhost:1\", topics = [b] }", (_, _) -> source);
        source.stored.await();
        assertThat(status().problem()).isEqualTo("Kafka has no topic b.");
        assertThat(status().failures()).isZero();
    }
}
