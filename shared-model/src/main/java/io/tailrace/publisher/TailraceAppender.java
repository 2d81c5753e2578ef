package io.tailrace.publisher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;

import io.tailrace.client.Access;
import io.tailrace.client.TokenSource;
import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A Logback appender that publishes every line on {@code logs:workspace:workflow}.
 *
 * <pre>{@code
 * <appender name="tailrace" class="io.tailrace.publisher.TailraceAppender">
 *   <url>http://127.0.0.1:8787</url>
 *   <workspace>acme</workspace>
 *   <workflow>orders</workflow>
 * </appender>
 * }</pre>
 *
 * <p>The token comes from {@code tokenFile} here, or from the environment. Run, task and attempt
 * come from {@link LogContext} or are set here. Lines wait in the publisher's bounded memory;
 * stopping the appender sends what waits. Its own troubles go to Logback's status list, never into
 * the log.
 */
public final class TailraceAppender extends AppenderBase<ILoggingEvent> {

    /** Whose lines would be about sending lines. */
    private static final String[] OWN_LOGGERS = {
        "io.tailrace.publisher", "io.tailrace.client", "jdk.httpclient", "jdk.internal.httpclient"
    };

    // set before start, by Logback or by code
    private @Nullable String url;
    private @Nullable String workspace;
    private @Nullable String workflow;
    private @Nullable String run;
    private @Nullable String task;
    private @Nullable String tokenFile;
    private @Nullable String certificates;
    private @Nullable Publisher publisher;
    private Duration maxFlushTime = Duration.ofSeconds(10);
    private boolean ownsPublisher;

    private volatile @Nullable Channel channel; // not null while started

    /** An appender to be configured and started. */
    public TailraceAppender() {}

    @Override
    public void start() {
        if (workspace == null || workflow == null || (url == null && publisher == null)) {
            addError("TailraceAppender needs url, workspace and workflow.");
            return;
        }
        try {
            channel = Channel.logs(workspace, workflow);
            if (publisher == null && url != null) {
                PublisherSettings usual = PublisherSettings.of(URI.create(url));
                publisher =
                        new Publisher(
                                usual.withTimeouts(usual.requestTimeout(), maxFlushTime)
                                        .withAccess(access()),
                                new ToStatus());
                ownsPublisher = true;
            }
            super.start();
        } catch (IllegalArgumentException e) {
            addError("TailraceAppender cannot start: " + e.getMessage());
        }
    }

    private Access access() {
        Access named =
                tokenFile == null
                        ? Access.from(System.getenv())
                        : Access.open().withToken(TokenSource.file(Path.of(tokenFile)));
        return certificates == null ? named : named.withCertificates(Path.of(certificates));
    }

    /** Sends what waits, then stops. A publisher that was given stays open. */
    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        Publisher p = publisher;
        if (p != null && ownsPublisher) {
            p.close();
            publisher = null;
            ownsPublisher = false;
        } else if (p != null) {
            boolean sent = p.flush(maxFlushTime);
            if (!sent) {
                addWarn("TailraceAppender stopped before the gateway had every line.");
            }
        }
    }

    @Override
    protected void append(ILoggingEvent line) {
        Publisher p = publisher;
        Channel logs = channel;
        if (p == null || logs == null || p.sending() || own(line.getLoggerName())) {
            return;
        }
        Header header = new Header(logs, time(line), subject(line), Map.of("thread", thread(line)));
        String error =
                line.getThrowableProxy() == null
                        ? null
                        : ThrowableProxyUtil.asString(line.getThrowableProxy());
        String text = line.getFormattedMessage();
        String message = text == null ? "null" : text;
        p.publish(new Event.Log(header, level(line), message, line.getLoggerName(), error));
    }

    private Subject subject(ILoggingEvent line) {
        Map<String, String> context = line.getMDCPropertyMap();
        String number = context.get(LogContext.ATTEMPT);
        boolean usable = number != null && number.matches("[1-9]\\d{0,5}");
        return new Subject(
                workspace,
                workflow,
                context.getOrDefault(LogContext.RUN, run),
                context.getOrDefault(LogContext.TASK, task),
                usable ? Integer.valueOf(number) : null,
                null);
    }

    private static Instant time(ILoggingEvent line) {
        Instant instant = line.getInstant();
        return instant == null ? Instant.ofEpochMilli(line.getTimeStamp()) : instant;
    }

    private static String thread(ILoggingEvent line) {
        String name = line.getThreadName();
        return name == null ? "" : name;
    }

    private static Level level(ILoggingEvent line) {
        return Level.parse(line.getLevel().toString()).orElse(Level.INFO);
    }

    private static boolean own(String logger) {
        for (String name : OWN_LOGGERS) {
            if (logger.startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    /** The gateway's address, such as {@code http://127.0.0.1:8787}. */
    public void setUrl(String url) {
        this.url = url;
    }

    /**
     * The file with the token, read anew for each request; otherwise {@code TAILRACE_TOKEN_FILE} or
     * {@code TAILRACE_TOKEN} of the environment count.
     */
    public void setTokenFile(String file) {
        this.tokenFile = file;
    }

    /** A file in PEM with the certificates to believe instead of the Java runtime's. */
    public void setCertificates(String pem) {
        this.certificates = pem;
    }

    /** The workspace of the lines. */
    public void setWorkspace(String workspace) {
        this.workspace = workspace;
    }

    /** The workflow of the lines. */
    public void setWorkflow(String workflow) {
        this.workflow = workflow;
    }

    /** The run of lines that no {@link LogContext} gives to another. */
    public void setRun(String run) {
        this.run = run;
    }

    /** The task of lines that no {@link LogContext} gives to another. */
    public void setTask(String task) {
        this.task = task;
    }

    /** How long stopping tries to deliver the lines that wait, in milliseconds; usually 10,000. */
    public void setMaxFlushTime(int milliseconds) {
        this.maxFlushTime = Duration.ofMillis(milliseconds);
    }

    /** Publishes through this one, which stays the caller's, instead of a connection of its own. */
    public void setPublisher(Publisher publisher) {
        this.publisher = publisher;
    }

    /** Troubles for whoever looks at Logback's status. */
    private final class ToStatus implements PublishListener {

        @Override
        public void rejected(String event, String reason) {
            addWarn("A line was rejected: " + reason);
        }

        @Override
        public void refused(int events, String reason) {
            addWarn(events + " lines were refused: " + reason);
        }

        @Override
        public void dropped(long events, String reason) {
            addWarn(events + " lines were dropped: " + reason);
        }

        @Override
        public void troubled(String reason) {
            addWarn(reason + " Trying again until it works.");
        }

        @Override
        public void warned(String warning) {
            addWarn(warning);
        }

        @Override
        public void recovered() {
            addInfo("The gateway takes lines again.");
        }

        @Override
        public void undelivered(long events) {
            addWarn("Stopped with " + events + " lines that the gateway has not acknowledged.");
        }
    }
}
