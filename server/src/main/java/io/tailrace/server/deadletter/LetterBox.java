package io.tailrace.server.deadletter;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;

/**
 * Where the rejected parts of one request, or of one round of a source, go: the first hundred are
 * kept. Confined to one thread.
 */
public final class LetterBox {

    private static final int MOST = 100;
    private static final int LONGEST_TARGET = 1_000;
    private static final HeaderName REDRIVE = HeaderNames.create(Redrive.HEADER);

    private final DeadLetters letters;
    private final DeadLetter.Source source;
    private int left;

    private LetterBox(DeadLetters letters, DeadLetter.Source source, int left) {
        this.letters = letters;
        this.source = source;
        this.left = left;
    }

    /**
     * The box of a request. What was a dead letter already does not become another one, and who may
     * publish nowhere leaves none, so that he pushes out nobody's.
     */
    public static LetterBox of(DeadLetters letters, ServerRequest request) {
        String query = request.query().rawValue();
        String path = request.prologue().uriPath().rawPath();
        String target = query.isEmpty() ? path : path + "?" + query;
        var source =
                new DeadLetter.Source(
                        Caller.of(request).name(),
                        target.length() > LONGEST_TARGET ? path : target,
                        request.headers().first(HeaderNames.CONTENT_TYPE).orElse(""));
        boolean again = request.headers().contains(REDRIVE);
        boolean publisher = Caller.of(request).mayAnywhere(Permission.PUBLISH);
        return new LetterBox(letters, source, again || !publisher ? 0 : MOST);
    }

    /**
     * The box of a source that the gateway reads by itself, for one round of reading.
     *
     * @param name of the source
     * @param target the gateway's own address that takes such things, path and query: what is sent
     *     again goes there
     * @param contentType what it is sent again as
     */
    public static LetterBox ofSource(
            DeadLetters letters, String name, String target, String contentType) {
        var source = new DeadLetter.Source("source:" + name, target, contentType);
        return new LetterBox(letters, source, MOST);
    }

    /**
     * Keeps something that a source read and that could not be taken, and why.
     *
     * @param origin where it lay, such as a file and a place in it
     */
    public void keep(String reason, String origin, byte[] bytes) {
        var from =
                new DeadLetter.Source(
                        source.principal(), source.target(), source.contentType(), origin);
        if (left > 0) {
            left--;
            letters.keep(from, reason, bytes);
        }
    }

    /**
     * Keeps something that is sent again otherwise than it came.
     *
     * @param target where it is sent again
     * @param contentType what it is sent again as
     */
    public void keepAs(String target, String contentType, String reason, byte[] bytes) {
        if (left > 0) {
            left--;
            letters.keep(
                    new DeadLetter.Source(source.principal(), target, contentType, source.target()),
                    reason,
                    bytes);
        }
    }

    /** Keeps a part that could not be taken, and why. */
    public void keep(String reason, byte[] bytes, int offset, int length) {
        if (left > 0) {
            left--;
            letters.keep(source, reason, bytes, offset, length);
        }
    }

    /** Keeps something that could not be taken, and why. */
    public void keep(String reason, byte[] bytes) {
        keep(reason, bytes, 0, bytes.length);
    }
}
