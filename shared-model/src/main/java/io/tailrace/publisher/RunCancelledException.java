package io.tailrace.publisher;

/**
 * Somebody cancelled the run: its pipeline cleans up and says so with {@link RunScope#cancelled}.
 */
public final class RunCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RunCancelledException(String message) {
        super(message);
    }
}
