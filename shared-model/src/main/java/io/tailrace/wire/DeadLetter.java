package io.tailrace.wire;

import java.time.Instant;

/**
 * Something that a gateway could not take, without its body.
 *
 * @param id what to ask for it by
 * @param time when it came
 * @param reason why it was not taken, a sentence
 * @param principal who sent it
 * @param target where it was sent to: path and query
 * @param contentType what its sender said it was; empty when nothing
 * @param size how large it was, in bytes
 * @param cut whether only its beginning is kept: then it cannot be sent again
 * @param tries how often it was sent again, without success
 */
public record DeadLetter(
        long id,
        Instant time,
        String reason,
        String principal,
        String target,
        String contentType,
        long size,
        boolean cut,
        long tries) {}
