package io.tailrace.desktop.logs;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Text that a regular expression reads; when it asks for characters without end, as some
 * expressions do, it can be stopped.
 */
final class CancellableText implements CharSequence {

    private static final int ASK_EVERY = 1 << 16;

    private final String text;
    private final BooleanSupplier stop;
    private int untilAsked = ASK_EVERY;

    CancellableText(String text, BooleanSupplier stop) {
        this.text = text;
        this.stop = stop;
    }

    /** Text that may be read for so many characters. */
    static CancellableText limited(String text, int reads) {
        long[] left = {reads};
        return new CancellableText(text, () -> (left[0] -= ASK_EVERY) < 0);
    }

    @Override
    public char charAt(int index) {
        if (--untilAsked < 0) {
            untilAsked = ASK_EVERY;
            if (stop.getAsBoolean()) {
                throw new CancellationException();
            }
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
