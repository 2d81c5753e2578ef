package io.tailrace.server.ingest;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Makes names that others gave fit to be part of a channel's name. */
public final class ChannelNames {

    private static final int LONGEST = 100;

    private ChannelNames() {}

    /**
     * Without what has a meaning there or in addresses, and not too long; different long names stay
     * different. OpenLineage's names are made fit alike.
     *
     * @param otherwise when nothing is left
     */
    public static String fit(String name, String otherwise) {
        StringBuilder fit = new StringBuilder(Math.min(name.length(), LONGEST));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > ' ' && ":,*/\\?#%\u007f".indexOf(c) < 0 && plain(c)) {
                fit.append(c);
            } else if (!fit.isEmpty() && fit.charAt(fit.length() - 1) != '-') {
                fit.append('-');
            }
        }
        int end = fit.length();
        while (end > 0 && fit.charAt(end - 1) == '-') {
            end--;
        }
        fit.setLength(end);
        if (fit.length() > LONGEST) {
            CRC32 crc = new CRC32();
            crc.update(name.getBytes(StandardCharsets.UTF_8));
            fit.setLength(LONGEST - 9);
            fit.append('-').append(Long.toHexString(crc.getValue()));
        }
        return fit.isEmpty() ? otherwise : fit.toString();
    }

    private static boolean plain(char c) {
        return !Character.isISOControl(c) && !Character.isSurrogate(c);
    }
}
