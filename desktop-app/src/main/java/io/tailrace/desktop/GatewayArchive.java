package io.tailrace.desktop;

import io.tailrace.client.GatewayClient;
import io.tailrace.client.Reply;
import io.tailrace.desktop.logs.Archive;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.wire.EventPage;

/** Older lines, asked of the gateway. Any thread. */
record GatewayArchive(GatewayClient client) implements Archive {

    @Override
    public Reply<EventPage> before(Channel channel, Cursor before, int limit) {
        return client.pageBefore(channel, before, limit);
    }

    @Override
    public Reply<EventPage> after(Channel channel, Cursor after, int limit) {
        return client.page(channel, after, limit);
    }
}
