package io.tailrace.server.openlineage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * JSON on its way to a parser, with long strings cut, so that no parser has to hold one: a parser
 * needs several times the length of a string at once. What was cut off is said at the string's end,
 * in characters that need no escape. Confined to one thread.
 */
final class ShortStrings extends InputStream {

    private static final int BUFFER = 16 * 1024;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    private byte[] mark = new byte[0]; // still to be handed out
    private int marked;

    private boolean inString;
    private int escape; // how many bytes of an escape are still to come
    private long length; // of the string so far
    private long dropped; // of the string so far

    private long out; // bytes handed out so far
    private long came; // bytes read so far
    private final Deque<Cut> cuts = new ArrayDeque<>();
    // Of those that are no longer listed.
    private long droppedBefore;
    private int cutBefore;

    /**
     * A string that was cut.
     *
     * @param at where its mark begins in what the parser reads
     * @param bytes by how many the string is shorter, with its mark
     */
    private record Cut(long at, long bytes) {}

    /** Cuts strings that have more bytes than that. */
    ShortStrings(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * How many bytes were cut off before a place of what the parser reads; that place must not lie
     * before one that was asked for earlier.
     */
    long droppedBefore(long place) {
        while (!cuts.isEmpty() && cuts.getFirst().at < place) {
            droppedBefore += cuts.removeFirst().bytes;
            cutBefore++;
        }
        return droppedBefore;
    }

    /** How many strings were cut before the place that {@link #droppedBefore} was asked for. */
    int cutBefore() {
        return cutBefore;
    }

    /** How many bytes were read from the source. */
    long came() {
        return came;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        int count = 0;
        while (count == 0 && wanted > 0) {
            if (marked < mark.length) {
                count = Math.min(wanted, mark.length - marked);
                System.arraycopy(mark, marked, target, offset, count);
                marked += count;
            } else {
                if (at == end && !fill()) {
                    return -1;
                }
                count = pass(target, offset, wanted);
            }
        }
        out += count;
        return count;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(read, 0);
        came += end;
        return read > 0;
    }

    /** Copies what may stay, up to a mark that has to go in between. */
    private int pass(byte[] target, int offset, int wanted) {
        int to = offset;
        while (at < end && to < offset + wanted) {
            byte b = buffer[at];
            if (inString && b == '"' && escape == 0) {
                inString = false;
                if (dropped > 0) {
                    say(out + (to - offset));
                    return to - offset; // the quote comes behind the mark
                }
            } else if (inString) {
                if (!keeps(b)) {
                    dropped++;
                    at++;
                    continue;
                }
            } else if (b == '"') {
                inString = true;
                escape = 0;
                length = 0;
                dropped = 0;
            }
            target[to++] = b;
            at++;
        }
        return to - offset;
    }

    /** Follows a string; whether this byte of it stays. An escape or a character is not broken. */
    private boolean keeps(byte b) {
        boolean inside = escape > 0 || (b & 0xC0) == 0x80;
        if (escape > 0) {
            escape += b == 'u' && escape == 1 ? 3 : -1;
        } else if (b == '\\') {
            escape = 1;
        }
        length++;
        return dropped == 0 && (length <= longest || inside);
    }

    private void say(long place) {
        String text = "... [%d bytes cut]".formatted(dropped);
        cuts.add(new Cut(place, dropped - text.length()));
        mark = text.getBytes(StandardCharsets.US_ASCII);
        marked = 0;
        dropped = 0;
        inString = true; // until the quote is met again
    }
}
