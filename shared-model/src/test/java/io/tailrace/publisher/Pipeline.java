package io.tailrace.publisher;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;

import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * A program of its own that logs numbered lines until it is killed. Where they go comes from its
 * environment. Says "on disk" when the first lines are there.
 */
final class Pipeline {

    private static final String LOGBACK =
            """
            <configuration>
              <appender name="tailrace" class="io.tailrace.publisher.TailraceAppender"/>
              <root level="INFO"><appender-ref ref="tailrace"/></root>
            </configuration>
            """;
    private static final String JUL =
            """
            handlers = io.tailrace.publisher.TailraceHandler
            io.tailrace.publisher.TailraceHandler.workspace = acme
            """;

    private Pipeline() {}

    /** How: {@code logback} or {@code jul}; and how many lines. */
    public static void main(String... args) throws Exception {
        int lines = Integer.parseInt(args[1]);
        if (args[0].equals("logback")) {
            logback(lines);
        } else {
            jul(lines);
        }
    }

    private static void logback(int lines) throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                new ByteArrayInputStream(LOGBACK.getBytes(StandardCharsets.UTF_8)));
        TailraceAppender appender =
                (TailraceAppender) context.getLogger("ROOT").getAppender("tailrace");
        log(lines, LoggerFactory.getLogger("shop")::info, appender::stats);
    }

    private static void jul(int lines) throws Exception {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(JUL.getBytes(StandardCharsets.UTF_8)));
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof TailraceHandler tailrace) {
                log(lines, Logger.getLogger("shop")::info, tailrace::stats);
            }
        }
    }

    private static void log(int lines, Consumer<String> logger, Supplier<PublisherStats> stats)
            throws InterruptedException {
        for (int i = 0; i < lines; i++) {
            logger.accept("line " + i);
        }
        while (stats.get().spilled() < lines) {
            Thread.onSpinWait();
        }
        System.out.println("on disk");
        new CountDownLatch(1).await();
    }
}
