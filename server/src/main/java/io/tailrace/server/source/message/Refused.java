package io.tailrace.server.source.message;

/**
 * What could not be understood, and where it could be sent to instead once the reason is gone.
 *
 * @param reason a sentence
 * @param body what it was: the message or a part of it
 * @param target the gateway's address for its dialect, path and query
 * @param contentType what to say it is; empty when nothing
 */
public record Refused(String reason, byte[] body, String target, String contentType) {}
