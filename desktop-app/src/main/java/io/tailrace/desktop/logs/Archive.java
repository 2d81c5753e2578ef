package io.tailrace.desktop.logs;

import io.tailrace.client.Reply;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.wire.EventPage;

/** Where lines come from that the console does not hold: the gateway. Calls block. Any thread. */
public interface Archive {

    /** The newest entries of a channel before one, oldest first. */
    Reply<EventPage> before(Channel channel, Cursor before, int limit);

    /** The oldest entries of a channel after one. */
    Reply<EventPage> after(Channel channel, Cursor after, int limit);
}
