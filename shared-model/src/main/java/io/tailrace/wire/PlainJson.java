package io.tailrace.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.wire.RepeatedTexts.Member;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON objects where they lie, as long as they are what nearly all loggers write. It never
 * complains: whatever is rare, and whatever is wrong, is left to a full parser, which then says
 * what. Names, and short texts that the object before had too, are the same objects again. Confined
 * to one thread.
 */
final class PlainJson {

    private static final int DEEPEST = 16;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_DIGITS = 18; // fits into a long
    private static final int LONGEST_DECIMAL = 15; // a double keeps every digit

    /** Stands for what is not plain. */
    private static final Object OTHER = new Object();

    private final RepeatedTexts texts = new RepeatedTexts();
    private byte[] json = new byte[0];
    private int at;
    private int end;
    private byte[] unescaped = new byte[0];

    /** The members of the one object that is there; null when a full parser has to look. */
    @Nullable Map<String, @Nullable Object> read(byte[] bytes, int offset, int length) {
        json = bytes;
        at = offset;
        end = offset + length;
        Map<String, @Nullable Object> members = next() == '{' ? object(0) : null;
        return members != null && next() == 0 && at > end ? members : null;
    }

    /** The next byte that is no space; 0 at the end. */
    private byte next() {
        while (at < end) {
            byte b = json[at++];
            if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
                return b;
            }
        }
        at = end + 1;
        return 0;
    }

    private @Nullable Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        byte b = next();
        if (b == '}') {
            return members;
        }
        while (b == '"') {
            Member member = member();
            Object value = member == null || next() != ':' ? OTHER : value(member, depth);
            if (member == null || OTHER.equals(value)) {
                return null;
            }
            members.put(member.name, value);
            byte after = next();
            if (after == '}') {
                return members;
            }
            b = after == ',' ? next() : 0;
        }
        return null;
    }

    private @Nullable List<@Nullable Object> list(int depth) {
        List<@Nullable Object> items = new ArrayList<>();
        if (next() == ']') {
            return items;
        }
        at--;
        while (true) {
            Object item = value(null, depth);
            if (OTHER.equals(item)) {
                return null;
            }
            items.add(item);
            byte after = next();
            if (after != ',') {
                return after == ']' ? items : null;
            }
        }
    }

    /** The member whose name is there; null when that is not plain. */
    private @Nullable Member member() {
        int from = at;
        int hash = 0;
        for (int i = at; i < end; i++) {
            byte b = json[i];
            if (b == '"') {
                at = i + 1;
                return i - from <= LONGEST_NAME ? texts.member(json, from, i - from, hash) : null;
            }
            if (b < ' ' || b == '\\') {
                return null;
            }
            hash = 31 * hash + b;
        }
        return null;
    }

    private @Nullable Object value(@Nullable Member of, int depth) {
        byte b = next();
        return switch (b) {
            case '"' -> text(of);
            case '{' -> orOther(depth < DEEPEST ? object(depth + 1) : null);
            case '[' -> orOther(depth < DEEPEST ? list(depth + 1) : null);
            case 't' -> word("rue") ? true : OTHER;
            case 'f' -> word("alse") ? false : OTHER;
            case 'n' -> word("ull") ? null : OTHER;
            default -> b == '-' || (b >= '0' && b <= '9') ? number() : OTHER;
        };
    }

    private static Object orOther(@Nullable Object value) {
        return value == null ? OTHER : value;
    }

    private boolean word(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (at == end || json[at++] != rest.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Object text(@Nullable Member of) {
        int from = at;
        boolean ascii = true;
        for (int i = at; i < end; i++) {
            byte b = json[i];
            if (b == '"') {
                at = i + 1;
                return ascii
                        ? ascii(of, from, i - from)
                        : checked(new String(json, from, i - from, UTF_8));
            }
            if (b == '\\') {
                return escaped(from, i, ascii);
            }
            if (b < ' ') {
                if (b >= 0) {
                    return OTHER;
                }
                ascii = false;
            }
        }
        return OTHER;
    }

    private String ascii(@Nullable Member of, int from, int length) {
        return of == null
                ? new String(json, from, length, ISO_8859_1)
                : of.text(json, from, length);
    }

    private Object escaped(int from, int first, boolean asciiSoFar) {
        if (unescaped.length < end - from) {
            unescaped = new byte[end - from];
        }
        int size = first - from;
        System.arraycopy(json, from, unescaped, 0, size);
        boolean ascii = asciiSoFar;
        for (int i = first; i < end; i++) {
            byte b = json[i];
            if (b == '"') {
                at = i + 1;
                String text = new String(unescaped, 0, size, ascii ? ISO_8859_1 : UTF_8);
                return ascii ? text : checked(text);
            }
            if (b == '\\') {
                b = ++i < end ? meant(json[i]) : 0;
                if (b == 0) {
                    return OTHER;
                }
            } else if (b < ' ') {
                if (b >= 0) {
                    return OTHER;
                }
                ascii = false;
            }
            unescaped[size++] = b;
        }
        return OTHER;
    }

    /** What a letter behind a backslash stands for; 0 when it takes more than that. */
    private static byte meant(byte letter) {
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }

    /** Java puts that character in place of bytes that are no UTF-8. */
    private static Object checked(String text) {
        return text.indexOf('\uFFFD') < 0 ? text : OTHER;
    }

    private Object number() {
        int from = --at;
        boolean negative = json[at] == '-';
        at += negative ? 1 : 0;
        int first = at;
        long value = 0;
        while (digit()) {
            value = value * 10 + (json[at++] - '0');
            if (at - first > MOST_DIGITS) {
                return OTHER;
            }
        }
        if (at == first || (at - first > 1 && json[first] == '0')) {
            return OTHER;
        }
        if (at == end || (json[at] != '.' && json[at] != 'e' && json[at] != 'E')) {
            return negative ? -value : value;
        }
        return fraction() && exponent() && at - from <= LONGEST_DECIMAL ? decimal(from) : OTHER;
    }

    private boolean digit() {
        return at < end && json[at] >= '0' && json[at] <= '9';
    }

    private boolean fraction() {
        return at == end || json[at] != '.' || digits();
    }

    private boolean exponent() {
        if (at == end || (json[at] != 'e' && json[at] != 'E')) {
            return true;
        }
        boolean sign = at + 1 < end && (json[at + 1] == '-' || json[at + 1] == '+');
        at += sign ? 1 : 0;
        return digits();
    }

    /** Passes over one byte and all digits behind it, of which there must be some. */
    private boolean digits() {
        int first = ++at;
        while (digit()) {
            at++;
        }
        return at > first;
    }

    private Object decimal(int from) {
        double value = Double.parseDouble(new String(json, from, at - from, ISO_8859_1));
        double size = Math.abs(value);
        return size > 1e-300 && size < 1e300 ? (Object) value : OTHER;
    }
}
