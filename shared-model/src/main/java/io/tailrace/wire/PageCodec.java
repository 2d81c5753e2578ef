package io.tailrace.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Reads what {@code GET} gives: pages of stored entries and lists of runs. Thread-safe. */
public final class PageCodec {

    /** An event may be as deep as {@link EventCodec} accepts, and stands inside a page. */
    private static final JsonFactory JSON =
            EventCodec.JSON
                    .rebuild()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(72)
                                    .maxNameLength(1_000)
                                    .build())
                    .build();

    private PageCodec() {}

    /**
     * Reads {@code {"events":[{"cursor":…,"event":{…}}],"next":…}}.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static EventPage events(byte[] json) {
        Fields page = EventCodec.fields(JSON, json, 0, json.length);
        List<Entry> entries = page.objects("events").stream().map(PageCodec::entry).toList();
        return new EventPage(entries, cursor(page, "next"), cursor(page, "missing_up_to"));
    }

    /**
     * Reads {@code {"channels":[{"channel":…,"events":…,"bytes":…,"newest":…}]}}.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static List<KeptChannel> channels(byte[] json) {
        Fields list = EventCodec.fields(JSON, json, 0, json.length);
        return list.objects("channels").stream().map(PageCodec::channel).toList();
    }

    private static KeptChannel channel(Fields item) {
        String name = item.requiredText("channel", "channel list");
        Long events = item.count("events");
        Long bytes = item.count("bytes");
        return new KeptChannel(
                Draft.checked("channel", name, Channel::new),
                events == null ? 0 : events,
                bytes == null ? 0 : bytes,
                cursor(item, "newest"));
    }

    /**
     * Reads {@code {"cursor":…,"runs":[…]}}.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static RunList runs(byte[] json) {
        Fields list = EventCodec.fields(JSON, json, 0, json.length);
        Cursor cursor = cursor(list, "cursor");
        if (cursor == null) {
            throw Fields.missing("cursor", "run list");
        }
        return new RunList(cursor, RunCodec.read(list.objects("runs")));
    }

    /**
     * Reads {@code {"events":[{"cursor":…,"event":{…}}],"next":…}} where items without a cursor are
     * what the gateway tells one reader. An event that cannot be read does not spoil its page.
     *
     * @param now the timestamp of events that have none
     * @throws MalformedEventException with a sentence that says what is wrong with the page
     */
    public static FeedPage feed(byte[] json, Instant now) {
        Fields page = EventCodec.fields(JSON, json, 0, json.length);
        List<FeedPage.Item> items =
                page.objects("events").stream().map(item -> item(item, now)).toList();
        return new FeedPage(items, cursor(page, "next"));
    }

    private static FeedPage.Item item(Fields item, Instant now) {
        Cursor cursor = null;
        try {
            cursor = cursor(item, "cursor");
            Event event = EventReader.read(item.object("event"), now);
            return new FeedPage.Given(cursor, event);
        } catch (MalformedEventException e) {
            return new FeedPage.Malformed(cursor, String.valueOf(e.getMessage()));
        }
    }

    private static Entry entry(Fields item) {
        Cursor cursor = cursor(item, "cursor");
        if (cursor == null) {
            throw Fields.missing("cursor", "page");
        }
        return new Entry(cursor, EventReader.read(item.object("event"), Instant.EPOCH));
    }

    private static @Nullable Cursor cursor(Fields fields, String name) {
        String text = fields.text(name);
        return text == null ? null : Draft.checked(name, text, Cursor::parse);
    }
}
