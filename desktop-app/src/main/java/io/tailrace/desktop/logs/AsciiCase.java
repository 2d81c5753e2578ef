package io.tailrace.desktop.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** ASCII letters among bytes of UTF-8, eight at a time. Stateless. */
final class AsciiCase {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = ONES << 7;
    private static final long GE_A = (0x80L - 'A') * ONES;
    private static final long GT_Z = (0x7fL - 'Z') * ONES;

    private AsciiCase() {}

    /** Copies bytes, with letters in lower case. */
    static void lower(byte[] from, byte[] to, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            long eight = (long) LONG.get(from, i);
            long low = eight & ~HIGH;
            long fromA = low + GE_A; // high bits: 'A' and beyond
            long beyondZ = low + GT_Z; // high bits: beyond 'Z'
            long upper = ~eight & fromA & ~beyondZ & HIGH;
            LONG.set(to, i, eight | upper >>> 2);
        }
        for (; i < length; i++) {
            byte b = from[i];
            to[i] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
        }
    }

    /** Whether all bytes are ASCII. */
    static boolean only(byte[] bytes, int length) {
        int i = 0;
        long any = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            any |= (long) LONG.get(bytes, i);
        }
        for (; i < length; i++) {
            any |= bytes[i];
        }
        return (any & HIGH) == 0;
    }
}
