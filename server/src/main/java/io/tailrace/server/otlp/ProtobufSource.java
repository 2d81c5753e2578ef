package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * Reads protobuf where it lies: no message becomes an object by itself. That takes half the time of
 * generated classes, and a bomb of empty messages costs nothing.
 */
final class ProtobufSource implements Source {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final byte[] data;
    private final Budget budget;
    private final int[] ends = new int[Budget.DEEPEST + 2];
    private int depth;
    private int at;
    private int end; // of the message that is being read
    private int wire = LENGTH; // how the current value is encoded
    private boolean begun;

    ProtobufSource(byte[] data, Budget budget) {
        this.data = data;
        this.budget = budget;
        this.end = data.length;
    }

    @Override
    public void enter() {
        budget.spend(depth);
        int length = begun ? length() : data.length;
        begun = true;
        ends[depth++] = end;
        end = at + length;
    }

    @Override
    public int next(Shape shape) {
        if (at == end) {
            end = ends[--depth];
            return 0;
        }
        long tag = varint();
        wire = (int) tag & 7;
        int number = (int) (tag >>> 3);
        if (number <= 0 || tag >>> 32 != 0) {
            throw broken();
        }
        return number;
    }

    @Override
    public long whole() {
        return switch (wire) {
            case VARINT -> varint();
            case FIXED64 -> fixed64();
            case FIXED32 -> fixed32();
            default -> throw broken();
        };
    }

    @Override
    public long signed() {
        long value = whole();
        return wire == VARINT ? (value >>> 1) ^ -(value & 1) : value;
    }

    @Override
    public double decimal() {
        return switch (wire) {
            case FIXED64 -> Double.longBitsToDouble(fixed64());
            case FIXED32 -> Float.intBitsToFloat(fixed32());
            default -> throw broken();
        };
    }

    @Override
    public boolean flag() {
        return whole() != 0;
    }

    @Override
    public String text() {
        int length = length();
        String text = new String(data, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    @Override
    public byte[] bytes() {
        int length = length();
        at += length;
        return Arrays.copyOfRange(data, at - length, at);
    }

    @Override
    public @Nullable String id(int size) {
        int length = length();
        int from = at;
        at += length;
        if (length != size) {
            return null;
        }
        for (int i = from; i < at; i++) {
            if (data[i] != 0) {
                return HexFormat.of().formatHex(data, from, at);
            }
        }
        return null;
    }

    @Override
    public void wholes(Numbers into, boolean fixed) {
        if (wire != LENGTH) {
            budget.spend();
            into.add((double) whole());
            return;
        }
        int to = length() + at;
        int outer = end;
        end = to;
        while (at < to) {
            budget.spend();
            into.add((double) (fixed ? fixed64() : varint()));
        }
        end = outer;
    }

    @Override
    public void decimals(Numbers into) {
        if (wire != LENGTH) {
            budget.spend();
            into.add(decimal());
            return;
        }
        int to = length() + at;
        int outer = end;
        end = to;
        while (at < to) {
            budget.spend();
            into.add(Double.longBitsToDouble(fixed64()));
        }
        end = outer;
    }

    @Override
    public void skip() {
        switch (wire) {
            case VARINT -> varint();
            case FIXED64 -> fixed64();
            case FIXED32 -> fixed32();
            case LENGTH -> {
                int length = length(); // moves the place itself
                at += length;
            }
            default -> throw broken();
        }
    }

    @Override
    public <T> T record(Function<Source, T> reader) {
        return reader.apply(this); // what is broken here leaves nothing certain behind it
    }

    @Override
    public int position() {
        return at;
    }

    private int length() {
        if (wire != LENGTH) {
            throw broken();
        }
        long length = varint();
        if (length < 0 || length > end - at) {
            throw broken();
        }
        return (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw broken();
            }
            byte b = data[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw broken();
    }

    private long fixed64() {
        long value = fixed32() & 0xffff_ffffL;
        return value | (long) fixed32() << 32;
    }

    private int fixed32() {
        if (end - at < 4) {
            throw broken();
        }
        int value =
                (data[at] & 0xff)
                        | (data[at + 1] & 0xff) << 8
                        | (data[at + 2] & 0xff) << 16
                        | (data[at + 3] & 0xff) << 24;
        at += 4;
        return value;
    }

    private RuntimeException broken() {
        return Budget.malformed("The protobuf message is broken at byte %,d.".formatted(at));
    }
}
