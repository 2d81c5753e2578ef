package io.tailrace.server.http;

/**
 * A request cannot be answered as asked. The gateway turns it into {@code application/problem+json}
 * in one place.
 */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;
    private final String detail;

    /**
     * A problem for whoever asked.
     *
     * @param status the HTTP status, 400 to 599
     * @param title what kind of problem, the same words each time
     * @param detail a sentence that says what to do
     */
    public HttpProblem(int status, String title, String detail) {
        super(detail, null, false, false); // an answer, not a fault: no stack trace
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    /** The HTTP status. */
    public int status() {
        return status;
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
