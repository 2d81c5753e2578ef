package io.tailrace.server.deadletter;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;

/**
 * Where one request's rejected parts go: the first hundred are kept. Confined to the request's
 * thread.
 */
public final class LetterBox {

    private static final int MOST = 100;
    private static final int LONGEST_TARGET = 1_000;
    private static final HeaderName REDRIVE = HeaderNames.create(Redrive.HEADER);

    private final DeadLetters letters;
    private final DeadLetter.Source source;
    private final boolean again;
    private int left;

    private LetterBox(DeadLetters letters, DeadLetter.Source source, boolean again, int left) {
        this.letters = letters;
        this.source = source;
        this.again = again;
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
        return new LetterBox(letters, source, again, again || !publisher ? 0 : MOST);
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
                    bytes,
                    0,
                    bytes.length);
        }
    }

    /** Whether the request is a dead letter that is sent again. */
    public boolean again() {
        return again;
    }

    /** Whether another one is kept. */
    public boolean open() {
        return left > 0;
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
