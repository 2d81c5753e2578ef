package io.tailrace.server.otlp;

import java.util.Arrays;

/** A member of a record has another type than OTLP says; what is around the record can be read. */
final class WrongMember extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient byte[] request;
    private final int from;
    private final int to;

    WrongMember(String sentence) {
        this(sentence, new byte[0], 0, 0);
    }

    private WrongMember(String sentence, byte[] request, int from, int to) {
        super(sentence, null, false, false);
        this.request = request;
        this.from = from;
        this.to = to;
    }

    /** The same, in a record that lies there in its request. */
    WrongMember in(byte[] whole, int begin, int end) {
        return new WrongMember(sentence(), whole, begin, end);
    }

    /** What is wrong, a sentence. */
    String sentence() {
        return String.valueOf(getMessage());
    }

    /** The record. */
    byte[] record() {
        return Arrays.copyOfRange(request, from, to);
    }
}
