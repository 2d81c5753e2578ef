package io.tailrace.server.redaction;

import java.util.List;
import java.util.Locale;

/** Whether a text gives a value to a name that sounds secret: a quick look before a slow one. */
final class NamedValues {

    private static final List<String> ENDS =
            List.of(
                    "password",
                    "passwd",
                    "passphrase",
                    "pwd",
                    "secret",
                    "key",
                    "token",
                    "signature");
    private static final int NEAR = 12;
    private static final int OPTION = 60;

    private NamedValues() {}

    static boolean any(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String end : ENDS) {
            int at = lower.indexOf(end);
            while (at >= 0) {
                if (followed(lower, at + end.length())) {
                    return true;
                }
                at = lower.indexOf(end, at + 1);
            }
        }
        return false;
    }

    /** Whether an equals sign or a colon follows, or a space behind what may be an option. */
    private static boolean followed(String text, int from) {
        for (int at = from; at < text.length() && at < from + NEAR; at++) {
            char c = text.charAt(at);
            boolean space = Character.isWhitespace(c);
            if (c == '=' || c == ':') {
                return true;
            }
            if (space && text.lastIndexOf("--", from) >= Math.max(0, from - OPTION)) {
                return true;
            }
            if (!space && "s\\\"'".indexOf(c) < 0) {
                return false;
            }
        }
        return false;
    }
}
