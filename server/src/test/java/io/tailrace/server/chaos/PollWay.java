package io.tailrace.server.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** Page by page. */
record PollWay() implements ChaosReader.Way {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String read(ChaosReader reader, Socket connection, String before) throws IOException {
        String path =
                "/api/events?limit=500&wait=1&session="
                        + reader.session()
                        + "&after="
                        + before
                        + "&channels=%s";
        InputStream body = reader.ask(connection, path, before);
        if (body == null) {
            return before;
        }
        byte[] page = body.readAllBytes();
        long now = System.nanoTime();
        JsonNode json = JSON.readTree(page);
        for (JsonNode item : json.get("events")) {
            Event event = EventCodec.decode(JSON.writeValueAsBytes(item.get("event")));
            if (event instanceof Event.Gap gap) {
                reader.history().gap(gap, now);
            } else if (event instanceof Event.Log log) {
                var line = new Ledger.Line(log.header().channel().name(), log.message());
                String cursor = item.get("cursor").asText();
                reader.history().add(ChaosReader.position(cursor), line, now);
            }
        }
        return json.get("next").asText();
    }
}
