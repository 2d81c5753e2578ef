package io.tailrace.server.otlp;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Locale;
import java.util.function.Function;

/**
 * Reads OTLP's own kind of JSON: ids in hex, 64-bit integers as text or numbers, enums as numbers,
 * unknown names passed over.
 */
final class JsonSource implements Source, AutoCloseable {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION) // it is UTF-8, places count
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Budget.DEEPEST * 3)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final byte[] data;
    private final JsonParser parser;
    private final Budget budget;
    private final int[] lists = new int[Budget.DEEPEST + 2]; // the list being read, by depth
    private int depth;

    JsonSource(byte[] data, Budget budget) {
        this.data = data;
        this.budget = budget;
        this.parser = read(() -> JSON.createParser(data));
        read(parser::nextToken);
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Reading from memory fails only when this is not JSON. */
    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            String why = e.getOriginalMessage().replaceAll("[\\p{Cntrl}]+", " ");
            throw Budget.malformed(
                    "Its JSON is broken: " + (why.length() > 160 ? why.substring(0, 160) : why));
        } catch (IOException e) {
            throw Budget.malformed("Its JSON is not valid UTF-8.");
        }
    }

    @Override
    public void enter() {
        budget.spend(depth);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("an object");
        }
        lists[++depth] = 0;
    }

    @Override
    public int next(Shape shape) {
        return read(() -> nextField(shape));
    }

    private int nextField(Shape shape) throws IOException {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw Budget.malformed("Its JSON ends too early.");
            }
            if (lists[depth] != 0) {
                if (token == JsonToken.END_ARRAY) {
                    lists[depth] = 0;
                } else if (token != JsonToken.VALUE_NULL) {
                    return lists[depth];
                }
            } else if (token == JsonToken.END_OBJECT) {
                if (--depth == 0 && parser.nextToken() != null) {
                    throw Budget.malformed("Something follows behind its JSON object.");
                }
                return 0;
            } else {
                int number = shape.number(parser.currentName());
                token = parser.nextToken();
                if (number == 0) {
                    parser.skipChildren();
                } else if (token == JsonToken.START_ARRAY) {
                    lists[depth] = number;
                } else if (token != JsonToken.VALUE_NULL) {
                    return number;
                }
            }
        }
    }

    @Override
    public long whole() {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> read(this::number);
            case VALUE_NUMBER_FLOAT -> (long) read(parser::getDoubleValue).doubleValue();
            case VALUE_STRING -> whole(read(parser::getText));
            default -> throw wrong("a whole number");
        };
    }

    /** Unsigned ones of 64 bits may not fit. */
    private long number() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue().longValue()
                : parser.getLongValue();
    }

    private long whole(String text) {
        try {
            return text.length() < 19 ? Long.parseLong(text) : large(text);
        } catch (NumberFormatException e) {
            throw wrong("a whole number");
        }
    }

    private static long large(String text) {
        if (text.length() > 40) {
            throw new NumberFormatException();
        }
        return new BigInteger(text).longValue();
    }

    @Override
    public long signed() {
        return whole();
    }

    @Override
    public double decimal() {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> read(parser::getDoubleValue);
            case VALUE_STRING -> {
                try {
                    yield Double.parseDouble(read(parser::getText));
                } catch (NumberFormatException e) {
                    throw wrong("a number");
                }
            }
            default -> throw wrong("a number");
        };
    }

    @Override
    public boolean flag() {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong("true or false");
        };
    }

    @Override
    public String text() {
        if (!parser.currentToken().isScalarValue()) {
            throw wrong("a text");
        }
        return whole16(read(parser::getText));
    }

    /** Half a surrogate pair can be written in JSON, but not in UTF-8. */
    private static String whole16(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    @Override
    public byte[] bytes() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("a text in base64");
        }
        try {
            return Base64Variants.getDefaultVariant().decode(read(parser::getText));
        } catch (IllegalArgumentException e) {
            throw wrong("a text in base64");
        }
    }

    @Override
    public @Nullable String id(int size) {
        String text = text();
        boolean zero = true;
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return null;
            }
            zero &= text.charAt(i) == '0';
        }
        return zero || text.length() != size * 2 ? null : text.toLowerCase(Locale.ROOT);
    }

    @Override
    public void wholes(Numbers into, boolean fixed) {
        budget.spend();
        into.add((double) whole());
    }

    @Override
    public void decimals(Numbers into) {
        budget.spend();
        into.add(decimal());
    }

    @Override
    public void skip() {
        read(parser::skipChildren);
    }

    @Override
    public <T> T record(Function<Source, T> reader) {
        int outside = depth;
        boolean struct = parser.currentToken().isStructStart();
        int level = parser.getParsingContext().getNestingDepth() - 1;
        int from = (int) parser.currentTokenLocation().getByteOffset();
        try {
            return reader.apply(this);
        } catch (WrongMember e) {
            while (struct && !endsAt(level)) {
                if (read(parser::nextToken) == null) {
                    throw Budget.malformed("Its JSON ends too early.");
                }
            }
            depth = outside;
            throw e.in(data, from, position());
        }
    }

    private boolean endsAt(int level) {
        return parser.currentToken().isStructEnd()
                && parser.getParsingContext().getNestingDepth() == level;
    }

    @Override
    public int position() {
        return (int) parser.currentLocation().getByteOffset();
    }

    private RuntimeException wrong(String wanted) {
        String name = name();
        String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
        return new WrongMember("Field '%s' must be %s.".formatted(shown, wanted));
    }

    /** Of the member that is read; an element of a list has that of the list. */
    private String name() {
        String name = read(parser::currentName);
        JsonStreamContext around = parser.getParsingContext();
        while (name == null && around != null) {
            name = around.getCurrentName();
            around = around.getParent();
        }
        return name == null ? "" : name;
    }

    @Override
    public void close() {
        read(() -> {
            parser.close();
            return true;
        });
    }
}
