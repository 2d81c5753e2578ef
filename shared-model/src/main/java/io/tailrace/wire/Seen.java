package io.tailrace.wire;

import io.tailrace.model.Channel;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The mark of an entry that a reader has received. A reader that resumes sends some of them, newest
 * first: a gateway whose log has other entries there was restored from an older copy, though epoch
 * and positions look right.
 *
 * @param channel where it was
 * @param position its place in the log
 * @param sum of what it said, see {@link #sum}
 */
public record Seen(Channel channel, long position, int sum) {

    /** The request header that carries them. */
    public static final String HEADER = "Tailrace-Seen";

    /** No reader sends more. */
    public static final int MOST = 48;

    /** The longest header, in characters: all headers together often may have 8 KB only. */
    private static final int LONGEST = 4_096;

    /** The mark of an entry. */
    public static Seen of(Entry entry) {
        return new Seen(entry.event().channel(), entry.cursor().position(), sum(entry.event()));
    }

    /**
     * What tells an event from others at the same place: kind, time, subject, and a line's text.
     */
    public static int sum(Event event) {
        Subject about = event.subject();
        CRC32C sum = new CRC32C();
        take(sum, event.kind());
        take(sum, Long.toString(event.timestamp().toEpochMilli()));
        take(sum, about.workspace());
        take(sum, about.workflow());
        take(sum, about.run());
        take(sum, about.task());
        take(sum, event instanceof Event.Log log ? log.message() : null);
        return (int) sum.getValue();
    }

    private static void take(CRC32C sum, @Nullable String part) {
        if (part != null) {
            sum.update(part.getBytes(StandardCharsets.UTF_8));
        }
        sum.update(0);
    }

    /** The text form of some, newest first: as many as fit into a header that every proxy takes. */
    public static String header(List<Seen> marks) {
        StringBuilder header = new StringBuilder();
        for (Seen mark : marks.subList(0, Math.min(marks.size(), MOST))) {
            String text = mark.text();
            if (header.length() + 1 + text.length() > LONGEST) {
                break; // older ones only tell more exactly since when a log differs
            }
            header.append(header.isEmpty() ? "" : ",").append(text);
        }
        return header.toString();
    }

    private String text() {
        String name = URLEncoder.encode(channel.name(), StandardCharsets.UTF_8);
        return position + "." + Integer.toHexString(sum) + "." + name;
    }

    /**
     * Reads the text form; an empty one is none.
     *
     * @throws IllegalArgumentException with a sentence for whoever sent it
     */
    public static List<Seen> parse(String header) {
        List<Seen> marks = new ArrayList<>();
        try {
            for (String text : header.isBlank() ? new String[0] : header.split(",", MOST + 1)) {
                String[] parts = text.strip().split("\\.", 3);
                String name = URLDecoder.decode(parts[2], StandardCharsets.UTF_8);
                int sum = Integer.parseUnsignedInt(parts[1], 16);
                marks.add(new Seen(new Channel(name), Long.parseLong(parts[0]), sum));
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "Header %s must have up to %d marks of entries; leave it out otherwise."
                            .formatted(HEADER, MOST),
                    e);
        }
        return marks;
    }
}
