package io.tailrace.server.otlp;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * The fields of a message one after the other, whichever way they are encoded. Confined to one
 * thread.
 *
 * <p>Whoever reads a message enters it, asks for one field after the other until there is none, and
 * takes or skips the value of each. Everything that is wrong is an {@link
 * io.tailrace.server.http.HttpProblem} with status 400 or 413.
 */
interface Source {

    /** Goes into the message that stands here: the whole body, or the value of a field. */
    void enter();

    /**
     * The number of the message's next field; each element of a list is a field of its own.
     *
     * @return 0 at the end of the message, which is left by that
     */
    int next(Shape shape);

    /** An integer that is not negative, a fixed one, or an enum. */
    long whole();

    /** An integer that may be negative, and is zigzag encoded where that matters. */
    long signed();

    double decimal();

    boolean flag();

    String text();

    byte[] bytes();

    /** An id of so many bytes in lower-case hex; null when it is none. */
    @Nullable String id(int size);

    /** One or more integers of a list, of fixed length where that matters. */
    void wholes(Numbers into, boolean fixed);

    /** One or more decimals of a list. */
    void decimals(Numbers into);

    /** Passes over the value. */
    void skip();

    /**
     * Reads the record that stands here, and stands behind it also when that fails.
     *
     * @throws WrongMember when something in it has another type than it should
     */
    <T> T record(Function<Source, T> reader);

    /** How many bytes are read. */
    int position();
}
