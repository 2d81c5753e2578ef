package io.tailrace.publisher;

import java.util.function.Consumer;

/**
 * Tells whoever looks after loggers what goes wrong with their lines, once for each time it begins.
 */
record LineListener(Consumer<String> warn, Consumer<String> info) implements PublishListener {

    @Override
    public void rejected(String event, String reason) {
        warn.accept("A line was rejected: " + reason);
    }

    @Override
    public void refused(int events, String reason) {
        warn.accept(events + " lines were refused: " + reason);
    }

    @Override
    public void dropped(long events, String reason) {
        warn.accept(events + " lines were dropped: " + reason);
    }

    @Override
    public void troubled(String reason) {
        warn.accept(reason + " Trying again until it works.");
    }

    @Override
    public void warned(String warning) {
        warn.accept(warning);
    }

    @Override
    public void recovered() {
        info.accept("The gateway takes lines again.");
    }

    @Override
    public void undelivered(long events) {
        warn.accept("Stopped with " + events + " lines that the gateway has not acknowledged.");
    }

    @Override
    public void kept(long events) {
        info.accept("Stopped with " + events + " lines on disk, which the next start sends.");
    }
}
