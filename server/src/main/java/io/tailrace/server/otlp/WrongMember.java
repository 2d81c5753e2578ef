package io.tailrace.server.otlp;

import java.util.Arrays;

/** A member of a record has another type than OTLP says; what is around the record can be read. */
final class WrongMember extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int from;
    private final int to;

    WrongMember(String sentence) {
        this(sentence, 0, 0);
    }

    private WrongMember(String sentence, int from, int to) {
        super(sentence, null, false, false);
        this.from = from;
        this.to = to;
    }

    /** The same, in a record that lies there. */
    WrongMember in(int begin, int end) {
        return new WrongMember(sentence(), begin, end);
    }

    /** What is wrong, a sentence. */
    String sentence() {
        return String.valueOf(getMessage());
    }

    /** The record in this request. */
    byte[] record(byte[] request) {
        return Arrays.copyOfRange(request, from, to);
    }
}
