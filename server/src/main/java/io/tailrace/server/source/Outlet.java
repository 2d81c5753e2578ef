package io.tailrace.server.source;

import io.tailrace.model.Event;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a source's events go, and where its position is kept. Used by the source's thread. */
public interface Outlet {

    /**
     * A part of what the source noted about up to where it was read; empty when there is none.
     *
     * @param part the source's own word for it
     */
    Optional<byte[]> position(String part);

    /**
     * Stores events together with the position behind them; both or nothing. Without either it only
     * says that the source works.
     *
     * @param events may be empty when only the position moves
     * @param position the parts that changed; an empty one is removed
     * @throws RuntimeException when they were not stored
     */
    void store(List<Event.Published> events, Map<String, byte[]> position);

    /** Something that could not be understood and is left out; the sentence says what and where. */
    void rejected(String sentence);

    /**
     * The same with what it was: it is kept among the dead letters once the position behind it is
     * stored.
     *
     * @param target the address of the gateway that takes such a thing
     * @param contentType what to say it is; empty when nothing
     */
    void rejected(String sentence, byte[] body, String target, String contentType);

    /** Something that whoever runs the gateway should know. */
    void warn(String sentence);

    /** What that sentence said is no longer so. */
    void resolved(String sentence);
}
