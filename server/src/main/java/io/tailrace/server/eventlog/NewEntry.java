package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;

/**
 * An encoded event that has no position yet.
 *
 * @param channel where it goes
 * @param kind its kind on the wire
 * @param received when the gateway got it, milliseconds since 1970
 * @param json the event as one line of JSON; not copied, must not change
 */
public record NewEntry(Channel channel, String kind, long received, byte[] json) {

    /** The same at its place in the log. */
    public StoredEntry at(long position) {
        return new StoredEntry(channel, position, kind, received, json);
    }
}
