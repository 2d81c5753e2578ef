package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.StreamItem;
import io.tailrace.desktop.alerts.AlertsModel;
import io.tailrace.desktop.chat.ChatModel;
import io.tailrace.desktop.connection.BatchReceiver;
import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.metrics.MetricsModel;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Leads everything that was received to the models it is for: one switch, one page. FX thread only.
 */
final class EventRouter implements BatchReceiver {

    private final ConnectionModel connection;
    private final Models models;
    private final Facts facts;
    private final BiConsumer<String, Throwable> failures;
    private final Consumer<String> warnings;
    private long entries; // in this batch, without those that this machine kept

    /**
     * What a console knows.
     *
     * @param logs every log line
     * @param runs where runs and their tasks stand, and what was commanded
     * @param metrics measured values
     * @param alerts failures and what publishers warn of
     * @param chat questions and answers
     */
    record Models(
            LogsModel logs,
            RunsModel runs,
            MetricsModel metrics,
            AlertsModel alerts,
            ChatModel chat) {}

    /**
     * A router to these models.
     *
     * @param facts keeps what may be asked for again
     * @param failures told, in a sentence and its cause, of items that no model could take
     * @param warnings told what people should know about the connection
     */
    EventRouter(
            ConnectionModel connection,
            Models models,
            Facts facts,
            BiConsumer<String, Throwable> failures,
            Consumer<String> warnings) {
        this.connection = connection;
        this.models = models;
        this.facts = facts;
        this.failures = failures;
        this.warnings = warnings;
    }

    @Override
    public void begin() {
        connection.begin();
        entries = 0;
    }

    @Override
    public void accept(StreamItem item) {
        connection.apply(item);
        switch (item) {
            case StreamItem.Received(var entry, _) -> {
                entries += connection.restoring() ? 0 : 1;
                entry(entry);
                run(entry);
            }
            case StreamItem.Told(var control, var at) -> {
                control(control);
                filled(control, at);
            }
            case StreamItem.Warned(var warning) -> warnings.accept(warning);
            case StreamItem.Changed _ -> models.logs().restored();
            case StreamItem.Unreadable _ -> {
                // the status bar shows these
            }
        }
    }

    /** What is kept tells again of a gap whose lines were fetched. */
    private void filled(Event.Control control, Instant at) {
        if (control instanceof Event.Gap gap) {
            var missing =
                    new ChannelLedger.Missing(
                            gap.channel(), gap.from(), gap.to(), gap.reason(), at);
            models.logs()
                    .history()
                    .gaps()
                    .upTo(gap)
                    .ifPresent(end ->
                            connection.ledger().filled(missing, end.equals(gap.to()) ? null : end));
        }
    }

    @Override
    public void failed(StreamItem item, RuntimeException cause) {
        failures.accept(text("console.failure.received"), cause);
    }

    @Override
    public void end(int backlog) {
        connection.end();
        models.metrics().console(entries, Duration.ofMillis(connection.latestLag()));
        models.runs().batchEnded();
        models.metrics().batchEnded();
        models.alerts().batchEnded();
        models.chat().batchEnded();
    }

    /**
     * Takes older entries that were fetched later. Runs do not take them: the snapshot that stands
     * has counted them already.
     */
    void backFilled(List<Entry> fetched) {
        for (Entry entry : fetched) {
            try {
                connection.backFilled(entry);
                if (entry.event() instanceof Event.Log log) {
                    models.logs().backFilled(entry, log);
                } else {
                    entry(entry);
                }
            } catch (RuntimeException e) {
                failures.accept(text("console.failure.fetched"), e);
            }
        }
    }

    private void run(Entry entry) {
        switch (entry.event()) {
            case Event.Log _, // counts warnings and errors
                    Event.WorkflowComplete _,
                    Event.Failed _,
                    Event.Status _,
                    Event.Progress _,
                    Event.Complete _,
                    Event.WorkflowStarted _,
                    Event.WorkflowProgress _,
                    Event.PartialResults _,
                    Event.Educational _,
                    Event.Command _ ->
                    models.runs().apply(entry);
            case Event.Metric _,
                    Event.Alert _,
                    Event.ChatQuestion _,
                    Event.ChatResponse _,
                    Event.Other _,
                    Event.Control _ -> {
                // nothing that a run is made of
            }
        }
    }

    private void entry(Entry entry) {
        if (!(entry.event() instanceof Event.Log || entry.event() instanceof Event.Metric)) {
            facts.keep(entry);
            models.logs().fact(entry);
        }
        switch (entry.event()) {
            case Event.Log _ -> models.logs().append(entry);
            case Event.WorkflowComplete _, Event.Failed _, Event.Alert _ ->
                    models.alerts().apply(entry);
            case Event.Metric _, Event.Status _, Event.Progress _, Event.Complete _ ->
                    models.metrics().apply(entry); // works rows/s out of their rows
            case Event.ChatQuestion _, Event.ChatResponse _ -> models.chat().apply(entry);
            case Event.WorkflowStarted _,
                    Event.WorkflowProgress _,
                    Event.PartialResults _,
                    Event.Educational _,
                    Event.Command _ -> {
                // for the runs only
            }
            case Event.Other _ -> {
                // a kind from a newer gateway: counted as received, and the log keeps it there
            }
            case Event.Control control -> control(control);
        }
    }

    private void control(Event.Control control) {
        switch (control) {
            case Event.Gap gap -> models.logs().gap(gap);
            case Event.Snapshot snapshot -> {
                models.runs().snapshot(snapshot);
                models.alerts().snapshot(snapshot);
            }
            case Event.SessionInit init -> models.logs().carries(init.channels());
            case Event.ChannelsChanged changed -> models.logs().carries(changed.channels());
            case Event.Resumed _,
                    Event.Heartbeat _,
                    Event.Conflated _,
                    Event.SessionEnd _,
                    Event.ServerShuttingDown _ -> {
                // about the stream, not about runs: the connection model had it already
            }
        }
    }
}
