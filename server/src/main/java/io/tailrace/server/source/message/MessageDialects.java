package io.tailrace.server.source.message;

import io.tailrace.server.openlineage.LineageMessages;
import io.tailrace.server.otlp.OtlpMessages;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.settings.MessageSettings;

import java.time.Clock;

/**
 * What the readers of all sources share.
 *
 * @param lineage OpenLineage
 * @param otlp OpenTelemetry
 * @param redactor masks secrets
 * @param maxLine the longest line or single event, in bytes
 * @param maxMessage the largest message, in bytes
 */
public record MessageDialects(
        LineageMessages lineage,
        OtlpMessages otlp,
        Redactor redactor,
        int maxLine,
        int maxMessage,
        Clock clock) {

    /** A reader for one source. */
    public MessageReader reader(MessageSettings settings) {
        return new MessageReader(settings, this);
    }
}
