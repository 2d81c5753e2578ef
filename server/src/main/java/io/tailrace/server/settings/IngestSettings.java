package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * What publishers may send.
 *
 * @param maxLine the longest line or single event, in bytes
 * @param maxBody the largest body that is read as a whole, in bytes
 * @param maxChannels how many channels there may be
 * @param otlpWorkspace attributes that may name the workspace of OpenTelemetry's records
 * @param otlpWorkflow attributes that may name their workflow
 * @param openLineageNames rules for the workspaces and workflows of OpenLineage jobs
 * @param redactionOff the redaction rules that are not wanted
 * @param redactionRules the file with further redaction rules, or null
 */
public record IngestSettings(
        int maxLine,
        int maxBody,
        int maxChannels,
        List<String> otlpWorkspace,
        List<String> otlpWorkflow,
        List<String> openLineageNames,
        List<String> redactionOff,
        @Nullable Path redactionRules) {

    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    static IngestSettings of(SettingValues values) {
        return new IngestSettings(
                (int) values.of(SettingKey.MAX_LINE).size(KIB, 64 * MIB),
                (int) values.of(SettingKey.MAX_BODY).size(KIB, 256 * MIB),
                (int) values.of(SettingKey.MAX_CHANNELS).number(1, Integer.MAX_VALUE),
                values.of(SettingKey.OTLP_WORKSPACE).list(),
                values.of(SettingKey.OTLP_WORKFLOW).list(),
                values.of(SettingKey.OPENLINEAGE_NAMES).list(),
                values.of(SettingKey.REDACTION_OFF).list(),
                values.of(SettingKey.REDACTION_RULES).file());
    }
}
