package io.tailrace.desktop.logs;

import io.tailrace.desktop.theme.Palette;

import javafx.scene.paint.Color;

/**
 * Colours that a text asks for by the escape sequences of terminals: a number from 0 to 255 in the
 * usual table, or {@link #RGB} and a colour. Only sequences that do nothing but set the look of
 * text are taken; all others are shown.
 */
final class AnsiColour {

    /** The colour of the line. */
    static final int NONE = -1;

    /** Stands before red, green and blue, one byte each. */
    static final int RGB = 1 << 24;

    /** How a sequence begins. */
    static final char ESCAPE = '\u001b';

    private static final int LONGEST = 40;

    private AnsiColour() {}

    /** Where the sequence ends that begins at a place; -1 when it is none of ours. */
    static int end(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at + 1) != '[') {
            return -1;
        }
        int limit = Math.min(text.length(), at + LONGEST);
        for (int i = at + 2; i < limit; i++) {
            char c = text.charAt(i);
            if (c == 'm') {
                return i + 1;
            }
            if (c != ';' && (c < '0' || c > '9')) {
                return -1;
            }
        }
        return -1;
    }

    /** The colour that follows a sequence. */
    static int after(int colour, String text, int from, int to) {
        String[] codes = text.substring(from + 2, to - 1).split(";", -1);
        int now = colour;
        for (int i = 0; i < codes.length; i++) {
            int code = number(codes[i]);
            if (code == 0 || code == 39) {
                now = NONE;
            } else if (code >= 30 && code <= 37) {
                now = code - 30;
            } else if (code >= 90 && code <= 97) {
                now = code - 90 + 8;
            } else if ((code == 38 || code == 48) && i + 1 < codes.length) {
                int kind = number(codes[i + 1]);
                int parts = kind == 2 ? 4 : kind == 5 ? 2 : 1;
                if (code == 38 && i + parts < codes.length) {
                    now = special(kind, codes, i + 2, now);
                }
                i += parts;
            }
        }
        return now;
    }

    private static int special(int kind, String[] codes, int at, int colour) {
        return switch (kind) {
            case 5 -> number(codes[at]) & 0xff;
            case 2 ->
                    RGB
                            | (number(codes[at]) & 0xff) << 16
                            | (number(codes[at + 1]) & 0xff) << 8
                            | (number(codes[at + 2]) & 0xff);
            default -> colour;
        };
    }

    private static int number(String code) {
        return code.isEmpty() || code.length() > 3 ? 0 : Integer.parseInt(code);
    }

    /** The colour to paint with: the eight basic ones are those of the palette. */
    static Color of(int colour, Palette palette, Color line) {
        if (colour == NONE) {
            return line;
        }
        if (colour >= RGB) {
            return Color.rgb((colour >> 16) & 0xff, (colour >> 8) & 0xff, colour & 0xff);
        }
        if (colour >= 232) {
            int grey = 8 + (colour - 232) * 10;
            return Color.rgb(grey, grey, grey);
        }
        if (colour >= 16) {
            int n = colour - 16;
            return Color.rgb(step(n / 36), step(n / 6 % 6), step(n % 6));
        }
        return switch (colour % 8) {
            case 1 -> palette.error();
            case 2 -> palette.ok();
            case 3 -> palette.warn();
            case 4 -> palette.accent();
            case 5 -> palette.error().interpolate(palette.accent(), 0.5);
            case 6 -> palette.ok().interpolate(palette.accent(), 0.5);
            case 7 -> palette.text();
            default -> palette.muted();
        };
    }

    private static int step(int sixth) {
        return sixth == 0 ? 0 : 55 + sixth * 40;
    }
}
