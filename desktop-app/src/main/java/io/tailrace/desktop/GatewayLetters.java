package io.tailrace.desktop;

import io.tailrace.client.GatewayClient;
import io.tailrace.client.Reply;
import io.tailrace.desktop.letters.LetterBox;
import io.tailrace.wire.DeadLetterPage;

/** The dead letters of a gateway. Thread-safe. */
record GatewayLetters(GatewayClient client) implements LetterBox {

    @Override
    public Reply<DeadLetterPage> page(long after, int limit) {
        return client.deadLetters(after, limit);
    }

    @Override
    public Reply<byte[]> body(long id) {
        return client.deadLetterBody(id);
    }

    @Override
    public Reply<Boolean> redrive(long id) {
        return client.redrive(id);
    }

    @Override
    public Reply<Boolean> delete(long id) {
        return client.deleteDeadLetter(id);
    }

    @Override
    public Reply<Long> purge() {
        return client.purgeDeadLetters();
    }
}
