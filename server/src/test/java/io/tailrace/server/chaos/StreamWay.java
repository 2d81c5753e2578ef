package io.tailrace.server.chaos;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** Over one stream for as long as it lasts. */
record StreamWay() implements ChaosReader.Way {

    /** A channel of this workflow says which change of channels a list of channels belongs to. */
    static final String MARK = "logs:mark:";

    @Override
    public String read(ChaosReader reader, Socket connection, String before) throws IOException {
        String path = "/api/sse/session/" + reader.session() + "?channels=%s";
        InputStream body = reader.ask(connection, path, before);
        if (body == null) {
            return before;
        }
        SseReader events = new SseReader(body);
        String last = before;
        try {
            for (SseEvent event = events.next(); event != null; event = events.next()) {
                last = event.id() == null ? last : event.id();
                note(reader.history(), event);
            }
        } catch (IOException e) {
            LockSupport.parkNanos(1_000_000);
        }
        return last;
    }

    private static void note(History history, SseEvent event) {
        long now = System.nanoTime();
        Event decoded = EventCodec.decode(event.data());
        if (decoded instanceof Event.Gap gap) {
            history.gap(gap, now);
        } else if (decoded instanceof Event.ChannelsChanged changed) {
            changed.channels().stream()
                    .filter(name -> name.startsWith(MARK))
                    .forEach(name -> history.told(Integer.parseInt(name.substring(MARK.length()))));
        } else if (event.id() != null && decoded instanceof Event.Log log) {
            var line = new Ledger.Line(log.header().channel().name(), log.message());
            history.add(ChaosReader.position(event.id()), line, now);
        }
    }
}
