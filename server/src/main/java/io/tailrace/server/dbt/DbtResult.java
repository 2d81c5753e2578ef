package io.tailrace.server.dbt;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * How a node ended.
 *
 * @param status succeeded, failed or skipped
 * @param message what dbt says of it
 * @param rows rows that were written
 * @param seconds how long it took
 */
record DbtResult(
        TaskStatus status,
        @Nullable String message,
        @Nullable Long rows,
        @Nullable Double seconds) {

    static final DbtResult SKIPPED = new DbtResult(TaskStatus.SKIPPED, null, null, null);

    /** By the line that tells most. */
    static DbtResult of(DbtLine line) {
        var result = line.result();
        String status = DbtLine.text(result, "status");
        String message = DbtLine.text(result, "message");
        boolean test = "test".equals(DbtLine.text(line.node(), "resource_type"));
        Double rows = DbtLine.number(line.in(result, "adapter_response"), "rows_affected");
        return new DbtResult(
                status(status == null ? DbtLine.text(line.node(), "node_status") : status),
                message == null ? null : message.strip(),
                test || rows == null ? null : rows.longValue(),
                DbtLine.number(result, "execution_time"));
    }

    /** By the line for people. */
    static DbtResult ofLine(DbtLine line) {
        return new DbtResult(
                status(DbtLine.text(line.node(), "node_status")),
                line.message().strip(),
                null,
                DbtLine.number(line.data(), "execution_time"));
    }

    private static TaskStatus status(@Nullable String dbt) {
        String word = dbt == null ? "" : dbt.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "error", "fail", "runtime error", "partial success" -> TaskStatus.FAILED;
            case "skipped", "no-op" -> TaskStatus.SKIPPED;
            default -> TaskStatus.SUCCEEDED;
        };
    }

    Event.Published event(Header header) {
        String why = message == null ? "dbt did not say why." : message;
        return switch (status) {
            case FAILED -> new Event.Failed(header, why, null, false);
            case SKIPPED -> new Event.Status(header, status.wireName(), message, null);
            case SUCCEEDED, WAITING, RUNNING, PAUSED, RETRYING, CANCELLED ->
                    new Event.Complete(header, rows, message);
        };
    }
}
