package io.tailrace.desktop.letters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes that somebody sent, as text that can be looked at without harm. */
final class BodyText {

    private static final int ROW = 16;
    private static final int CONTROL_PICTURES = 0x2400;

    private BodyText() {}

    /** Text with its control characters shown, not obeyed; what is no text in hexadecimal. */
    static String of(byte[] body) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.codePoints()
                    .map(BodyText::shown)
                    .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                    .toString();
        } catch (CharacterCodingException e) {
            return hexadecimal(body);
        }
    }

    private static int shown(int c) {
        if (c == '\n' || c == '\t') {
            return c;
        }
        if (c < ' ') {
            return CONTROL_PICTURES + c;
        }
        boolean invisible = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
        return invisible ? '\uFFFD' : c;
    }

    private static String hexadecimal(byte[] body) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < body.length; row += ROW) {
            StringBuilder signs = new StringBuilder();
            text.append("%06x  ".formatted(row));
            for (int i = row; i < row + ROW; i++) {
                text.append(i < body.length ? "%02x ".formatted(body[i]) : "   ");
                if (i < body.length) {
                    signs.append(body[i] >= ' ' && body[i] < 127 ? (char) body[i] : '.');
                }
            }
            text.append(' ').append(signs).append('\n');
        }
        return text.toString();
    }
}
