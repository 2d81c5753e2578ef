package io.tailrace.server.source.message;

import io.tailrace.server.source.Outlet;

/**
 * What could not be understood, and where it could be sent to instead once the reason is gone.
 *
 * @param reason a sentence
 * @param body what it was: the message or a part of it
 * @param target the gateway's address for its dialect, path and query
 * @param contentType what to say it is; empty when nothing
 */
public record Refused(String reason, byte[] body, String target, String contentType) {

    /**
     * Says that it is left out, and keeps it.
     *
     * @param what it was and where, such as {@code A message of orders[0] at offset 7}
     */
    public void leaveOut(String what, Outlet outlet) {
        outlet.rejected(what + " was left out: " + reason, body, target, contentType);
    }
}
