package io.tailrace.desktop.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Finds a text in a chunk, where ASCII letters may match in either case.
 *
 * <p>In its own case the JDK finds it fastest. In either case it looks for the two bytes of the
 * text that are rarest in logs, at 32 places at a time, and compares only where both are.
 * Immutable.
 */
final class ByteFinder {

    /** What logs consist of, the commonest first; everything else is rarer. */
    private static final String COMMON = " e0t1ao2nsi3r5d4l6c789-./:umpfg=_bwhyvk,\"()[]TEIANSORDL";

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = ONES << 7;

    private final byte[] needle; // in lower case when either matches
    private final String latin; // its characters are the bytes
    private final boolean matchCase;
    private final int first;
    private final int second;
    private final long firstBytes;
    private final long secondBytes;
    private final long firstMask;
    private final long secondMask;

    /** Finds a text that is not empty. */
    ByteFinder(String text, boolean matchCase) {
        this.matchCase = matchCase;
        needle = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < needle.length && !matchCase; i++) {
            needle[i] = lower(needle[i]);
        }
        latin = new String(needle, StandardCharsets.ISO_8859_1);
        first = rarest(-1);
        second = needle.length == 1 ? first : rarest(first);
        firstBytes = (needle[first] & 0xff) * ONES;
        secondBytes = (needle[second] & 0xff) * ONES;
        firstMask = mask(first);
        secondMask = mask(second);
    }

    /** Where the byte is that is rarest in logs, at another place than one. */
    private int rarest(int except) {
        int best = except == 0 ? 1 : 0;
        for (int i = 0; i < needle.length; i++) {
            boolean twin = except >= 0 && needle[i] == needle[except];
            if (i != except && !twin && rarity(i) > rarity(best)) {
                best = i;
            }
        }
        return best;
    }

    private int rarity(int at) {
        int place = COMMON.indexOf((char) (needle[at] & 0xff));
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    /** Takes the bit away that tells upper from lower case. */
    private long mask(int at) {
        return needle[at] >= 'a' && needle[at] <= 'z' ? 0x20 * ONES : 0;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    /** How many bytes the text has. */
    int length() {
        return needle.length;
    }

    /** Where the text begins next, all of it between two places; -1 when it does not. */
    int next(SearchChunk chunk, int from, int to) {
        return matchCase ? chunk.latin().indexOf(latin, from, to) : folded(chunk.bytes(), from, to);
    }

    /** The same among bytes, in either case. */
    int folded(byte[] bytes, int from, int to) {
        int last = to - needle.length;
        int at = from;
        for (; at + 31 <= last; at += 32) {
            long a = differ(bytes, at);
            long b = differ(bytes, at + 8);
            long c = differ(bytes, at + 16);
            long d = differ(bytes, at + 24);
            if ((equal(a) | equal(b) | equal(c) | equal(d)) != 0) {
                int found = candidate(bytes, at, a);
                found = found >= 0 ? found : candidate(bytes, at + 8, b);
                found = found >= 0 ? found : candidate(bytes, at + 16, c);
                found = found >= 0 ? found : candidate(bytes, at + 24, d);
                if (found >= 0) {
                    return found;
                }
            }
        }
        for (; at <= last; at++) {
            if (isAt(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    /** Zero bytes where both rare ones are. */
    private long differ(byte[] bytes, int at) {
        long one = ((long) LONG.get(bytes, at + first) | firstMask) ^ firstBytes;
        long two = ((long) LONG.get(bytes, at + second) | secondMask) ^ secondBytes;
        return one | two;
    }

    /** High bits of zero bytes, and of some behind one. */
    private static long equal(long differ) {
        return (differ - ONES) & ~differ & HIGH;
    }

    /** The first of eight places where the text is; -1 when it is at none. */
    private int candidate(byte[] bytes, int at, long differ) {
        long equal = equal(differ);
        while (equal != 0) {
            int place = at + (Long.numberOfTrailingZeros(equal) >>> 3);
            if (isAt(bytes, place)) {
                return place;
            }
            equal &= equal - 1;
        }
        return -1;
    }

    private boolean isAt(byte[] bytes, int at) {
        for (int i = 0; i < needle.length; i++) {
            if (lower(bytes[at + i]) != needle[i]) {
                return false;
            }
        }
        return true;
    }
}
