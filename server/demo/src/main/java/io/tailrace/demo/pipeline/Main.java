package io.tailrace.demo.pipeline;

import ch.qos.logback.classic.LoggerContext;

import io.tailrace.publisher.CommandListener;
import io.tailrace.publisher.Publisher;
import io.tailrace.publisher.PublisherSettings;

import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The pipeline's process: {@code --gateway=URL --work=DIR [--repository=DIR]}. Runs until it is
 * told to end.
 */
public final class Main {

    private Main() {}

    /** Starts the pipeline. */
    public static void main(String[] args) throws IOException {
        String gateway = option(args, "gateway").orElse("http://127.0.0.1:8787");
        Path work = Path.of(option(args, "work").orElse("tailrace-demo"));
        Path repository = option(args, "repository").map(Path::of).orElseGet(Main::repository);
        Files.createDirectories(work);
        System.setProperty("tailrace.gateway", gateway); // logback.xml asks for it
        PublisherSettings usual = PublisherSettings.of(URI.create(gateway));
        // Ctrl-C ends the gateway at the same time: do not wait long for it
        Publisher publisher =
                new Publisher(usual.withTimeouts(usual.requestTimeout(), Duration.ofSeconds(1)));
        Pipeline pipeline = new Pipeline(PipelineSettings.of(repository, work), publisher);
        CommandListener commands =
                publisher.commands(Pipeline.WORKSPACE, Pipeline.WORKFLOW, pipeline);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> end(pipeline, main, commands, publisher)));
        try {
            pipeline.runForever();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process ends between two runs
        }
    }

    /** Lets the run end as cancelled and sends what waits, lines of the log included. */
    private static void end(
            Pipeline pipeline, Thread main, CommandListener commands, Publisher publisher) {
        pipeline.close();
        main.interrupt(); // it may be waiting for the next run
        try {
            main.join(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        commands.close();
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
        publisher.close();
    }

    private static Path repository() {
        String configured = System.getProperty("maven.repo.local");
        return configured == null
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : Path.of(configured);
    }

    private static Optional<String> option(String[] args, String name) {
        String start = "--" + name + "=";
        for (String arg : args) {
            if (arg.startsWith(start)) {
                return Optional.of(arg.substring(start.length()));
            }
        }
        return Optional.empty();
    }
}
