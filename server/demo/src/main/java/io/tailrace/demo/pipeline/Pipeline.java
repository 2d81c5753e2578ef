package io.tailrace.demo.pipeline;

import io.tailrace.model.RunStatus;
import io.tailrace.publisher.CommandHandler;
import io.tailrace.publisher.LogContext;
import io.tailrace.publisher.Publisher;
import io.tailrace.publisher.ReceivedCommand;
import io.tailrace.publisher.RunScope;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The workflow {@code demo/maven-repository}: one run after the other on the thread of {@link
 * #runForever}; commands come in on another.
 */
final class Pipeline implements CommandHandler {

    static final String WORKSPACE = "demo";
    static final String WORKFLOW = "maven-repository";

    private static final Logger LOG = LoggerFactory.getLogger("demo.Pipeline");

    private final PipelineSettings settings;
    private final Publisher publisher;
    private final BlockingQueue<ReceivedCommand> retries = new ArrayBlockingQueue<>(10);

    // under this
    private @Nullable Active active;
    private boolean closed;

    Pipeline(PipelineSettings settings, Publisher publisher) {
        this.settings = settings;
        this.publisher = publisher;
    }

    /** The run that is going on, and the commands to answer when it has ended. */
    private record Active(RunScope run, RunGate gate, List<ReceivedCommand> cancels) {}

    /** Run after run, with a pause between them that a retry cuts short, until closed. */
    void runForever() throws InterruptedException, IOException {
        RunNumbers numbers = new RunNumbers(settings.work().resolve("last-run-number"));
        ReceivedCommand retry = retries.poll();
        while (!closed()) {
            if (retry == null) {
                run(numbers.next(), null);
            } else {
                String name = retry.run();
                retry.done("A new run begins with the jars of " + name + ".");
                run(RunNumbers.of(name).orElseThrow(), name);
            }
            retry = retries.poll(settings.pause().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** One run from begin to end. */
    RunStatus run(long number, @Nullable String retryOf) throws InterruptedException {
        boolean strict = settings.strict(number) && retryOf == null;
        Dataset data = new Dataset(settings.work().resolve("warehouse"));
        List<Task> tasks = tasks(number, strict, data);
        String message = "Jars of the Maven repository, share " + number;
        RunScope run =
                publisher
                        .workflow(WORKSPACE, WORKFLOW)
                        .start(RunNumbers.name(number), Engine.plan(tasks), message, retryOf);
        RunGate gate = new RunGate();
        begin(new Active(run, gate, new ArrayList<>()));
        try (LogContext _ = run.logContext()) {
            announce(run.run(), retryOf);
            RunStatus status;
            Engine engine;
            try (Meter meter = new Meter(run, publisher)) {
                engine = new Engine(run, gate, meter, tasks);
                status = engine.run();
            }
            LOG.info("{} {}", run.run(), status.wireName());
            tell(run, status, gate, engine, data);
            return status;
        } finally {
            end();
        }
    }

    @Override
    public void handle(ReceivedCommand command) {
        LOG.info("Command for {}: {}", command.run(), command.verb());
        switch (command.verb()) {
            case CANCEL -> cancel(command);
            case PAUSE -> pause(command, true);
            case RESUME -> pause(command, false);
            case RETRY -> retry(command);
        }
    }

    /** Cancels what is running; no further run begins. */
    synchronized void close() {
        closed = true;
        if (active != null) {
            active.gate().cancel("The pipeline's process ends.");
        }
    }

    private List<Task> tasks(long number, boolean strict, Dataset data) {
        double limit = settings.jarsPerSecond();
        return List.of(
                new Discover(settings, number, data),
                new ExtractManifests(data, new Pace(limit * 1.5)), // cheaper than classes
                new ExtractClasses(data, new Pace(limit)),
                new ExtractLicences(data, new Pace(limit * 2)),
                new Validate(data, strict),
                new Load(data),
                new Aggregate(data),
                new Report(settings.work().resolve("reports"), data));
    }

    private void announce(String run, @Nullable String retryOf) {
        if (retryOf != null) {
            LOG.info("{} repeats {}; defects that are known by now do not fail it", run, retryOf);
        }
        if (settings.jarsPerSecond() > 0) {
            LOG.info(
                    "A rate limit of {} jars a second for classes, {} for manifests and {} for"
                            + " licences keeps this machine usable",
                    settings.jarsPerSecond(),
                    settings.jarsPerSecond() * 1.5,
                    settings.jarsPerSecond() * 2);
        }
    }

    private static void tell(
            RunScope run, RunStatus status, RunGate gate, Engine engine, Dataset data) {
        switch (status) {
            case SUCCEEDED ->
                    run.complete(
                            data.loaded,
                            "%d jars, %d classes, %d findings"
                                    .formatted(
                                            data.jars.size(),
                                            data.classCount(),
                                            data.findings.size()));
            case CANCELLED -> run.cancelled(gate.cancelled());
            case FAILED, RUNNING, PAUSED -> run.failed(engine.error().orElse("A task failed."));
        }
    }

    private synchronized void begin(Active next) {
        active = next;
        if (closed) {
            next.gate().cancel("The pipeline's process ends.");
        }
    }

    private synchronized void end() {
        if (active != null) {
            String how = active.gate().cancelled() == null ? "had ended before." : "was cancelled.";
            active.cancels().forEach(c -> c.done("Run " + c.run() + " " + how));
        }
        active = null;
    }

    private synchronized boolean closed() {
        return closed;
    }

    private synchronized void cancel(ReceivedCommand command) {
        Active running = running(command);
        if (running != null) {
            command.accept("The run ends before its next jar.");
            running.cancels().add(command);
            String why = command.message();
            running.gate().cancel("Cancelled by command" + (why == null ? "." : ": " + why));
        }
    }

    private synchronized void pause(ReceivedCommand command, boolean hold) {
        Active running = running(command);
        if (running == null) {
            return;
        }
        if (!running.gate().pause(hold)) {
            command.refuse(hold ? "The run is paused already." : "The run is not paused.");
        } else if (hold) {
            running.run().paused("Paused by command.");
            command.done("The run waits before its next jar.");
        } else {
            running.run().resumed("Resumed by command.");
            command.done("The run goes on.");
        }
    }

    private synchronized void retry(ReceivedCommand command) {
        Active now = active;
        if (now != null && now.run().run().equals(command.run())) {
            command.refuse("The run is still going on: cancel it first.");
        } else if (RunNumbers.of(command.run()).isEmpty()) {
            command.refuse("This pipeline has no run named " + command.run() + ".");
        } else {
            String when = now == null ? "now." : "after " + now.run().run() + ".";
            command.accept("A new run with the same jars begins " + when);
            if (!retries.offer(command)) {
                command.refuse("Too many retries wait already.");
            }
        }
    }

    /** The run that the command is for; refused when it is not going on. */
    private @Nullable Active running(ReceivedCommand command) {
        if (active != null && active.run().run().equals(command.run())) {
            return active;
        }
        command.refuse("Run " + command.run() + " is not going on.");
        return null;
    }
}
