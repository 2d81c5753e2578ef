package io.tailrace.server.http;

/**
 * A request cannot be answered as asked. The gateway turns it into {@code application/problem+json}
 * in one place.
 */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final long RETRY_SECONDS = 5;

    private final int status;
    private final String title;
    private final String detail;
    private final long retrySeconds;
    private final boolean closing;

    /**
     * A problem for whoever asked.
     *
     * @param status the HTTP status, 400 to 599
     * @param title what kind of problem, the same words each time
     * @param detail a sentence that says what to do
     */
    public HttpProblem(int status, String title, String detail) {
        this(status, title, detail, RETRY_SECONDS, false);
    }

    private HttpProblem(
            int status, String title, String detail, long retrySeconds, boolean closing) {
        super(detail, null, false, false); // an answer, not a fault: no stack trace
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.retrySeconds = retrySeconds;
        this.closing = closing;
    }

    /** More was asked for than is allowed; it is allowed again after a while, in seconds. */
    public static HttpProblem tooMany(String detail, long retrySeconds) {
        return new HttpProblem(429, "Too many requests", detail, Math.max(1, retrySeconds), false);
    }

    /** Nobody knows where the next request on this connection would begin, so it ends. */
    public static HttpProblem lost(String detail) {
        return new HttpProblem(400, "Bad request", detail, RETRY_SECONDS, true);
    }

    /** Whether the connection ends with the answer. */
    public boolean closing() {
        return closing;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** When to try again, for those that may go away by themselves: 429 and 503. */
    public long retrySeconds() {
        return retrySeconds;
    }

    /** What kind of problem. */
    public String title() {
        return title;
    }

    /** A sentence that says what to do. */
    public String detail() {
        return detail;
    }
}
