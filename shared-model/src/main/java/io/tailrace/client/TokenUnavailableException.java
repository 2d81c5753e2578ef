package io.tailrace.client;

/** There should be a token, but it cannot be had or used. The message never holds the token. */
public final class TokenUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message a sentence that says what to do
     */
    public TokenUnavailableException(String message) {
        super(message);
    }
}
