package io.tailrace.example;

import io.tailrace.model.Level;
import io.tailrace.publisher.CommandListener;
import io.tailrace.publisher.LogContext;
import io.tailrace.publisher.Publisher;
import io.tailrace.publisher.PublisherSettings;
import io.tailrace.publisher.RunCancelledException;
import io.tailrace.publisher.RunScope;
import io.tailrace.publisher.TaskScope;
import io.tailrace.publisher.Workflow;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Loads orders that it makes up. Cancel, pause and resume it from the console, or stop the gateway
 * for a while: what it says meanwhile waits on disk.
 *
 * <p>Run it with {@code mvn -q -pl shared-model test -DskipTests
 * -Dshared.main=io.tailrace.example.OrdersPipeline}; the gateway comes from {@code TAILRACE_URL}.
 */
public final class OrdersPipeline {

    private static final int ORDERS = 1_000;

    private OrdersPipeline() {}

    /**
     * Runs once; the first argument, if there is one, says how many milliseconds an order takes.
     */
    public static void main(String... args) throws InterruptedException {
        String gateway =
                Optional.ofNullable(System.getenv("TAILRACE_URL")).orElse("http://127.0.0.1:8787");
        PublisherSettings settings =
                PublisherSettings.fromEnvironment(URI.create(gateway))
                        .withSpill(
                                Path.of(System.getProperty("java.io.tmpdir"), "tailrace-orders"),
                                64 * 1024 * 1024);
        Duration pace = Duration.ofMillis(args.length == 0 ? 20 : Long.parseLong(args[0]));
        try (Publisher publisher = new Publisher(settings)) {
            Workflow workflow = publisher.workflow("acme", "orders-example");
            try (CommandListener _ = workflow.obey()) {
                run(workflow.start(), pace);
            }
        }
    }

    private static void run(RunScope run, Duration pace) throws InterruptedException {
        TaskScope load = run.task("load_orders").start();
        try (LogContext _ = load.logContext()) {
            for (int order = 1; order <= ORDERS; order++) {
                run.checkpoint(); // waits while paused, throws when cancelled
                boolean _ =
                        new CountDownLatch(1).await(pace.toMillis(), TimeUnit.MILLISECONDS); // work
                load.log(Level.INFO, "Order %d loaded".formatted(order));
                load.progress(100.0 * order / ORDERS, (long) order, null);
            }
            load.complete((long) ORDERS);
            run.complete((long) ORDERS, "All orders are loaded.");
        } catch (RunCancelledException e) {
            load.cancelled("Stopped between two orders.");
            run.cancelled(e.getMessage());
        }
    }
}
