package io.tailrace.server.settings;

/**
 * What publishers may send.
 *
 * @param maxLine the longest line or single event, in bytes
 * @param maxBody the largest body that is read as a whole, in bytes
 * @param maxChannels how many channels there may be
 */
public record IngestSettings(int maxLine, int maxBody, int maxChannels) {

    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    static IngestSettings of(SettingValues values) {
        return new IngestSettings(
                (int) values.of(SettingKey.MAX_LINE).size(KIB, 64 * MIB),
                (int) values.of(SettingKey.MAX_BODY).size(KIB, 256 * MIB),
                (int) values.of(SettingKey.MAX_CHANNELS).number(1, Integer.MAX_VALUE));
    }
}
