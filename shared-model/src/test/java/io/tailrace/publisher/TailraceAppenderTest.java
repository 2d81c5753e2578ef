package io.tailrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;

import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class TailraceAppenderTest {

    // the process's context: MDC belongs to it
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
        context.reset();
    }

    @AfterEach
    void stop() {
        context.reset();
        gateway.close();
        MDC.clear();
    }

    @Test
    void publishesLinesAsConfiguredInXmlAndFlushesOnStop() throws Exception {
        configure(gateway.uri().toString(), "acme", "orders");
        Logger log = context.getLogger("shop.Orders");
        MDC.put("tailrace.run", "r7");
        MDC.put("tailrace.task", "load");
        MDC.put("tailrace.attempt", "2");
        log.info("loaded {} rows", 12);
        MDC.put("tailrace.attempt", "many");
        log.error("cannot load", new IOException("outer", new IllegalStateException("inner")));
        MDC.clear();
        log.trace("end");
        context.stop();

        List<Event.Log> lines = lines();
        assertThat(lines.stream().map(Event.Log::message))
                .containsExactly("loaded 12 rows", "cannot load", "end");
        Event.Log first = lines.getFirst();
        assertThat(first.channel().name()).isEqualTo("logs:acme:orders");
        assertThat(first.logger()).isEqualTo("shop.Orders");
        assertThat(first.level()).isEqualTo(Level.INFO);
        assertThat(first.subject().runKey()).hasToString("acme/orders/r7");
        assertThat(first.subject().task()).isEqualTo("load");
        assertThat(first.subject().attempt()).isEqualTo(2);
        assertThat(first.header().fields().get("thread"))
                .isEqualTo(Thread.currentThread().getName());
        assertThat(lines.get(1).subject().attempt()).isNull();
        assertThat(lines.get(1).error())
                .contains("IOException: outer")
                .contains("Caused by: java.lang.IllegalStateException: inner");
        assertThat(lines.get(2).subject().run()).isEqualTo("nightly");
    }

    @Test
    void worksWithAPublisherOfTheProgramAndTheScopesContext() {
        try (Publisher publisher = Publisher.to(gateway.uri().toString())) {
            TailraceAppender appender = new TailraceAppender();
            appender.setContext(context);
            appender.setPublisher(publisher);
            appender.setWorkspace("acme");
            appender.setWorkflow("orders");
            appender.start();
            Logger root = context.getLogger("ROOT");
            root.addAppender(appender);
            RunScope run = publisher.workflow("acme", "orders").start();
            MDC.put("kept", "yes");
            try (LogContext _ = run.task("extract").logContext()) {
                context.getLogger("x").warn("inside");
            }
            context.getLogger("x").warn("outside");
            assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("kept");
            context.getLogger("io.tailrace.publisher.Publisher").warn("about publishing");
            root.detachAppender(appender);
            appender.stop();
            assertThat(publisher.stats().acknowledged()).isEqualTo(3); // and it still works
        }
        List<Event.Log> lines = lines();
        assertThat(lines.stream().map(Event.Log::message)).containsExactly("inside", "outside");
        assertThat(lines.getFirst().subject().task()).isEqualTo("extract");
        assertThat(lines.getFirst().subject().attempt()).isEqualTo(1);
        assertThat(lines.getLast().subject().run()).isNull();
    }

    @Test
    void aWrongSettingIsASentenceInTheStatusAndNoException() throws Exception {
        configure("ftp://gateway", "acme", "orders");
        context.getLogger("x").info("lost, but the program runs");
        assertThat(statuses()).anyMatch(s -> s.contains("'ftp://gateway' is not a gateway's"));
        context.reset();
        context.getStatusManager().clear();
        configure(gateway.uri().toString(), "with space", "orders");
        assertThat(statuses()).anyMatch(s -> s.contains("may not have empty parts, spaces"));
    }

    private List<Event.Log> lines() {
        return gateway.events().stream()
                .filter(Event.Log.class::isInstance)
                .map(Event.Log.class::cast)
                .toList();
    }

    private List<String> statuses() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .map(Status::getMessage)
                .toList();
    }

    private void configure(String url, String workspace, String workflow) throws Exception {
        String xml =
                """
                <configuration>
                  <appender name="tailrace" class="io.tailrace.publisher.TailraceAppender">
                    <url>%s</url>
                    <workspace>%s</workspace>
                    <workflow>%s</workflow>
                    <run>nightly</run>
                  </appender>
                  <root level="TRACE"><appender-ref ref="tailrace"/></root>
                </configuration>
                """
                        .formatted(url, workspace, workflow);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
