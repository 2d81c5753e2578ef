package io.tailrace.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes the members of JSON objects in UTF-8 into memory; members without a value are left out.
 * Every event that is stored passes here, so there is nothing between a text and its bytes.
 * Confined to one thread.
 */
final class JsonText {

    private static final double EXACT = 1e15;
    private static final int DEEPEST = 1_000;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(UTF_8);

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;

    private byte[] bytes = new byte[512];
    private int size;
    private int depth;

    /** Begins anew. */
    void clear() {
        size = 0;
        depth = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void begin(char bracket) {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "Values of fields may be nested %,d deep.".formatted(DEEPEST));
        }
        separate(1);
        put(bracket);
    }

    void end(char bracket) {
        depth--;
        room(1);
        put(bracket);
    }

    /** One of our own names. */
    @SuppressWarnings("deprecation") // the only way to copy ASCII without an array in between
    void name(String name) {
        int length = name.length();
        separate(length + 3);
        put('"');
        name.getBytes(0, length, bytes, size);
        size += length;
        put('"');
        put(':');
    }

    void text(String name, @Nullable Object value) {
        if (value != null) {
            name(name);
            string(value.toString());
        }
    }

    void texts(String name, List<String> values) {
        name(name);
        begin('[');
        values.forEach(this::string);
        end(']');
    }

    void whole(String name, @Nullable Number value) {
        if (value != null) {
            name(name);
            ascii(Long.toString(value.longValue()));
        }
    }

    /** Whole numbers are written without a fraction. */
    void number(String name, @Nullable Double value) {
        if (value == null) {
            return;
        }
        name(name);
        boolean minusZero = value == 0 && 1 / value < 0; // would come back as plus zero
        boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT && !minusZero;
        if (whole || Double.isFinite(value)) {
            ascii(whole ? Long.toString(value.longValue()) : value.toString());
        } else {
            string(value.toString());
        }
    }

    void flag(String name, boolean value) {
        name(name);
        ascii(Boolean.toString(value));
    }

    /** A value that is JSON already. */
    void raw(String name, byte[] json) {
        name(name);
        room(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    /** A JSON value as a Java value under any name; what is neither becomes its text. */
    void any(String name, @Nullable Object value) {
        string(name);
        room(1);
        put(':');
        value(value);
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> ascii("null");
            case String text -> string(text);
            case Map<?, ?> object -> {
                begin('{');
                for (Map.Entry<?, ?> member : object.entrySet()) {
                    any(String.valueOf(member.getKey()), member.getValue());
                }
                end('}');
            }
            case List<?> list -> {
                begin('[');
                for (Object item : list) {
                    value(item);
                }
                end(']');
            }
            case Double number when Double.isFinite(number) -> ascii(number.toString());
            case Float number when Float.isFinite(number) -> ascii(number.toString());
            case Boolean _, BigInteger _, BigDecimal _, Long _, Integer _, Short _, Byte _ ->
                    ascii(value.toString());
            default -> string(value.toString());
        }
    }

    @SuppressWarnings("deprecation") // see name
    private void ascii(String text) {
        separate(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    private void string(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        separate(utf8.length + 2);
        put('"');
        if (utf8.length == text.length() && plain(utf8)) {
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
        } else {
            escaped(text);
        }
        put('"');
    }

    /**
     * Whether nothing has to be escaped: eight bytes at a time, for most texts have nothing. A
     * question mark may stand for half a surrogate pair.
     */
    private static boolean plain(byte[] text) {
        int last = text.length - 8;
        if (last < 0) {
            for (byte b : text) {
                if (b < ' ' || b == '"' || b == '\\' || b == '?') {
                    return false;
                }
            }
            return true;
        }
        for (int at = 0; at < last; at += 8) {
            if (special((long) WORDS.get(text, at))) {
                return false;
            }
        }
        return !special((long) WORDS.get(text, last)); // some of it was looked at already
    }

    private static boolean special(long word) {
        long found = zero(word, '"') | zero(word, '\\') | zero(word, '?');
        return ((found | (word - ONES * ' ')) & HIGH_BITS) != 0;
    }

    /** A high bit for each byte that is that one, and perhaps for bytes above it. */
    private static long zero(long word, char wanted) {
        long bits = word ^ ONES * wanted;
        return (bits - ONES) & ~bits;
    }

    private void escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            room(7);
            if (c >= 0x80) {
                outsideAscii(c);
            } else if (c >= ' ' && c != '"' && c != '\\') {
                put(c);
            } else {
                put('\\');
                control(c);
            }
        }
    }

    private void control(char c) {
        switch (c) {
            case '"', '\\' -> put(c);
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> hex(c);
        }
    }

    /** Surrogates are escaped: one half of a pair has no form in UTF-8. */
    private void outsideAscii(char c) {
        if (Character.isSurrogate(c)) {
            put('\\');
            hex(c);
        } else if (c < 0x800) {
            put(0xc0 | (c >> 6));
            put(0x80 | (c & 0x3f));
        } else {
            put(0xe0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3f));
            put(0x80 | (c & 0x3f));
        }
    }

    private void hex(char c) {
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX[(c >> shift) & 15]);
        }
    }

    /** Puts a comma where one has to be, and makes room for more. */
    private void separate(int more) {
        room(more + 1);
        byte last = size == 0 ? (byte) '{' : bytes[size - 1];
        if (last != '{' && last != '[' && last != ':') { // a text ends with its quote
            put(',');
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    private void put(int b) {
        bytes[size++] = (byte) b;
    }
}
