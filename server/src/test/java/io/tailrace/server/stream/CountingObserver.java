package io.tailrace.server.stream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was told of replays; further things by whoever extends it. */
class CountingObserver implements SessionObserver {

    final List<String> replays = new CopyOnWriteArrayList<>();

    @Override
    public void opened() {}

    @Override
    public void closed(String reason) {}

    @Override
    public void delivered(int entries, int bytes, boolean replayed) {}

    @Override
    public void flushed(long millisSinceReceived) {}

    @Override
    public void reached(long position) {}

    @Override
    public void gap() {}

    @Override
    public void conflated(long entries) {}

    @Override
    public void replayed(long entries, Outcome outcome) {
        replays.add(entries + " " + outcome.word());
    }

    @Override
    public void pumpFailed() {}
}
