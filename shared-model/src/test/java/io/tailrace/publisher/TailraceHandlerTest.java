package io.tailrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class TailraceHandlerTest {

    private final LogManager manager = LogManager.getLogManager();
    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stop() throws IOException {
        manager.readConfiguration(); // closes the handler
        gateway.close();
    }

    private void configure(String... lines) throws IOException {
        String prefix = TailraceHandler.class.getName() + ".";
        StringBuilder text = new StringBuilder("handlers = " + TailraceHandler.class.getName());
        text.append("\nshop.level = ALL\n");
        for (String line : lines) {
            text.append(prefix).append(line).append('\n');
        }
        manager.readConfiguration(
                new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private TailraceHandler handler() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof TailraceHandler tailrace) {
                return tailrace;
            }
        }
        throw new AssertionError("There is no such handler.");
    }

    private List<Event.Log> lines() {
        return gateway.events().stream().map(Event.Log.class::cast).toList();
    }

    @Test
    void threeLinesOfConfigurationAreEnough() throws Exception {
        configure("url = " + gateway.uri(), "workspace = acme", "workflow = orders");
        Logger log = Logger.getLogger("shop.Orders");
        log.log(java.util.logging.Level.WARNING, "{0} of {1} rows", new Object[] {12, "15"});
        log.log(
                java.util.logging.Level.SEVERE,
                "cannot load",
                new IOException("outer", new IllegalStateException("inner")));
        log.config("as set");
        log.fine("fine");
        log.finest("finest");
        log.info((String) null);
        Logger.getLogger("io.tailrace.publisher.Publisher").severe("about publishing");
        handler().flush();

        assertThat(lines().stream().map(Event.Log::message))
                .containsExactly(
                        "12 of 15 rows", "cannot load", "as set", "fine", "finest", "null");
        assertThat(lines().stream().map(Event.Log::level))
                .containsExactly(
                        Level.WARN, Level.ERROR, Level.INFO, Level.DEBUG, Level.TRACE, Level.INFO);
        Event.Log first = lines().getFirst();
        assertThat(first.channel().name()).isEqualTo("logs:acme:orders");
        assertThat(first.logger()).isEqualTo("shop.Orders");
        assertThat(first.header().fields().get("thread"))
                .isEqualTo(Thread.currentThread().getName());
        assertThat(lines().get(1).error())
                .contains("IOException: outer")
                .contains("Caused by: java.lang.IllegalStateException: inner");
    }

    @Test
    void itsLevelAndRunAreObeyedAndTheScopeGoesFirst() throws Exception {
        configure(
                "url = " + gateway.uri(),
                "workspace = acme",
                "workflow = orders",
                "run = nightly",
                "level = INFO");
        Logger log = Logger.getLogger("shop");
        log.fine("too fine");
        log.info("outside");
        try (Publisher publisher = Publisher.to(gateway.uri().toString())) {
            RunScope run =
                    new RunScope(publisher, Subject.ofRun("a", "b", "r7"), new ObedientRuns());
            try (LogContext _ = run.logContext();
                    LogContext _ = run.task("load").logContext()) {
                log.info("inside");
            }
        }
        log.info("outside again");
        handler().close();
        log.info("after closing");

        assertThat(lines().stream().map(l -> l.message() + " " + l.subject().run()))
                .containsExactly("outside nightly", "inside r7", "outside again nightly");
        assertThat(lines().get(1).subject().task()).isEqualTo("load");
    }

    @Test
    void aWrongSettingIsToldToTheErrorManagerAndTheProgramRuns() {
        List<String> told = new ArrayList<>();
        try (Publisher publisher = Publisher.to(gateway.uri().toString())) {
            TailraceHandler handler = new TailraceHandler(publisher, "acme", "orders");
            handler.setErrorManager(
                    new ErrorManager() {
                        @Override
                        public synchronized void error(String text, Exception e, int code) {
                            told.add(text + e);
                        }
                    });
            handler.publish(null);
            handler.publish(new LogRecord(java.util.logging.Level.INFO, "{0} of {"));
            handler.publish(
                    new LogRecord(java.util.logging.Level.INFO, "x") {
                        private static final long serialVersionUID = 1;

                        @Override
                        public Throwable getThrown() {
                            throw new IllegalStateException("odd");
                        }
                    });
            assertThat(publisher.flush(Lines.SOON)).isTrue();
        }
        assertThat(told).singleElement().asString().contains("odd");
        assertThat(lines().stream().map(Event.Log::message)).containsExactly("{0} of {");
    }

    @Test
    void withoutAWorkspaceItSaysWhatIsMissing() throws Exception {
        configure("url = " + gateway.uri());
        TailraceHandler handler = handler(); // and it said so on standard error
        handler.publish(new LogRecord(java.util.logging.Level.INFO, "lost"));
        assertThat(handler.stats().queued()).isZero();
    }
}
