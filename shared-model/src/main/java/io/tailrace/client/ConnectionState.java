package io.tailrace.client;

import java.time.Instant;

/** Where the root connection stands. */
public sealed interface ConnectionState {

    /**
     * A request is under way.
     *
     * @param attempt which try since the last success, from 1
     */
    record Connecting(int attempt) implements ConnectionState {}

    /** The stream is open and its first frame has arrived. */
    record Connected(Instant since) implements ConnectionState {}

    /**
     * Events arrive, but by asking again and again, because the stream does not come through. It is
     * tried again from time to time.
     *
     * @param since when that began
     * @param reason why, a sentence for people
     */
    record Polling(Instant since, String reason) implements ConnectionState {}

    /**
     * The stream broke or could not be opened; the next try comes by itself.
     *
     * @param until when the next try begins
     * @param attempt which try that will be
     * @param reason why, a sentence for people
     */
    record Waiting(Instant until, int attempt, String reason) implements ConnectionState {}

    /**
     * The gateway refused: no further try comes by itself, only by {@link
     * RootConnection#reconnectNow}.
     *
     * @param reason why, a sentence for people
     */
    record Stopped(String reason) implements ConnectionState {}
}
