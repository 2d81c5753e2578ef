package io.tailrace.server.source.mongo;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.server.ingest.ChannelNames;
import io.tailrace.server.settings.MongoSourceSettings;
import io.tailrace.server.settings.SourceAbout;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.message.Message;
import io.tailrace.server.source.message.MessageReader;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes events of documents, and gathers them until they are stored. Confined to one thread. */
final class Documents {

    private static final long MOST_BYTES = 8L << 20;
    private static final int LONGEST_ID = 80;
    private static final Set<String> OF_WORKSPACES = Set.of("logs", "runs", "metrics");

    private final FieldMap fields;
    private final SourceAbout about;
    private final String database;
    private final int batch;
    private final MessageReader reader;
    private final Outlet outlet;
    private final Clock clock;
    private final List<Event.Published> events = new ArrayList<>();
    private int taken;
    private long bytes;

    /**
     * With nothing gathered.
     *
     * @param reader understands documents
     */
    Documents(MongoSourceSettings settings, MessageReader reader, Outlet outlet, Clock clock) {
        this.fields = new FieldMap(settings.fields());
        this.about = settings.messages().about();
        this.database = settings.database();
        this.batch = settings.batch();
        this.reader = reader;
        this.outlet = outlet;
        this.clock = clock;
    }

    /**
     * Gathers what a document tells.
     *
     * @param time when, if it does not say it itself
     */
    void take(BsonDocument document, String collection, @Nullable Instant time) {
        byte[] body;
        try {
            BsonDocument event = fields.isEmpty() ? document : fields.event(document);
            body = PlainJson.of(placed(event, collection));
        } catch (RuntimeException e) { // whatever is in a document, it stops no others
            reject(document, collection, "It cannot be read: " + e.getMessage());
            return;
        }
        taken++;
        bytes += body.length;
        Instant at = time == null ? clock.instant() : time;
        reader.read(
                Message.of(body, at, collection),
                events,
                part -> part.leaveOut(named(document, collection), outlet));
    }

    /** An event of ours goes to the channel for its kind, if it names none itself. */
    private BsonDocument placed(BsonDocument event, String collection) {
        String kind = text(event.get("kind"));
        boolean ours = kind != null || event.containsKey("message");
        boolean refused = kind != null && (kind.equals("command") || kind.startsWith("chat_"));
        if (!ours || refused) {
            return event;
        }
        String channel = text(event.get("channel"));
        if (channel != null) {
            return aimed(event, channel);
        }
        String own = text(event.get("workspace"));
        String workspace = workspace(own);
        String ownFlow = text(event.get("workflow"));
        String workflow = workflow(ownFlow, collection);
        BsonDocument placed = new BsonDocument();
        placed.put("channel", new BsonString(channel(kind, workspace, workflow).toString()));
        placed.putAll(event);
        if (own != null) {
            placed.put("workspace", new BsonString(workspace));
        }
        if (ownFlow != null) {
            placed.put("workflow", new BsonString(workflow));
        }
        return placed;
    }

    /** What the source is about does not hold for an event that names another channel. */
    private static BsonDocument aimed(BsonDocument event, String channel) {
        String[] parts = channel.split(":", -1);
        BsonDocument placed = new BsonDocument();
        if (parts.length > 1 && OF_WORKSPACES.contains(parts[0])) {
            placed.put("workspace", new BsonString(parts[1]));
        }
        if (parts.length > 2) {
            placed.put("workflow", new BsonString(parts[2]));
        }
        placed.putAll(event);
        return placed;
    }

    private static Channel channel(@Nullable String kind, String workspace, String workflow) {
        return switch (kind) {
            case null -> Channel.logs(workspace, workflow);
            case "log" -> Channel.logs(workspace, workflow);
            case "metric" -> Channel.metrics(workspace);
            case "alert" -> new Channel("alerts:all");
            default -> Channel.runs(workspace, workflow);
        };
    }

    private String workspace(@Nullable String own) {
        String name = own == null ? about.workspace() : own;
        return ChannelNames.fit(name == null ? "" : name, "default");
    }

    private String workflow(@Nullable String own, String collection) {
        String name = own == null ? about.workflow() : own;
        return ChannelNames.fit(name == null ? collection : name, "default");
    }

    private static @Nullable String text(@Nullable BsonValue value) {
        return value != null && value.isString() ? value.asString().getValue() : null;
    }

    /** Something that is left out, said with its place. */
    void reject(BsonDocument document, String collection, String reason) {
        outlet.rejected(named(document, collection) + " was left out: " + reason);
    }

    private static String named(BsonDocument document, String collection) {
        return "Document %s of '%s'".formatted(id(document), collection);
    }

    private static String id(BsonDocument document) {
        try {
            BsonValue id = document.get("_id");
            String said = id == null ? "without _id" : FieldMap.said(id);
            return said.length() > LONGEST_ID ? said.substring(0, LONGEST_ID) + "…" : said;
        } catch (RuntimeException e) { // as above
            return "(damaged)";
        }
    }

    /** Something readers should know, where the events would have been. */
    void say(String sentence) {
        outlet.warn(sentence);
        events.add(reader.notice(database, sentence));
    }

    /** Whether enough is gathered for one write. */
    boolean full() {
        return taken >= batch || events.size() >= batch || bytes >= MOST_BYTES;
    }

    /** The database answers. */
    void works() {
        outlet.store(List.of(), Map.of());
    }

    /** Stores what was gathered, with the position behind it. */
    void store(Map<String, byte[]> position) {
        if (!events.isEmpty() || !position.isEmpty()) {
            outlet.store(List.copyOf(events), position);
        }
        events.clear();
        taken = 0;
        bytes = 0;
    }
}
