package io.tailrace.server.deadletter;

import java.time.Instant;

/**
 * Something that could not be taken.
 *
 * @param id counts up
 * @param time when it came
 * @param source who sent it, and where to
 * @param reason why it was not taken, a sentence
 * @param body what it was, without secrets; the beginning when it was large; must not change
 * @param size how large it was, in bytes
 * @param tries how often it was sent again, without success
 */
public record DeadLetter(
        long id, Instant time, Source source, String reason, byte[] body, long size, int tries) {

    /**
     * Where something came from.
     *
     * @param principal who sent it; {@code source:NAME} for what the gateway fetched by itself
     * @param target the address it was sent to, or has to be sent to again: path and query
     * @param contentType what its sender said it was, or what it has to be sent as again; empty
     *     when nothing
     * @param origin where it was sent to, when it has to be sent again otherwise; else empty
     */
    public record Source(String principal, String target, String contentType, String origin) {

        /** Something that was sent. */
        public Source(String principal, String target, String contentType) {
            this(principal, target, contentType, "");
        }
    }

    /** Whether only its beginning is kept: then it cannot be sent again. */
    boolean cut() {
        return size > body.length;
    }

    DeadLetter again() {
        return new DeadLetter(id, time, source, reason, body, size, tries + 1);
    }
}
