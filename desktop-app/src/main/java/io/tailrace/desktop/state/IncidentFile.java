package io.tailrace.desktop.state;

import static io.tailrace.desktop.text.Texts.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tailrace.client.StreamItem;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * Everything about one incident in one file: gzip of lines of JSON, first what it is, then each
 * entry with its cursor, last how many there were. {@code zcat} shows it to everybody.
 */
public final class IncidentFile {

    /** How such files are called. */
    public static final String SUFFIX = ".tailrace";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORMAT = "tailrace-incident";
    private static final int LONGEST_LINE = 96 << 20;
    private static final long MOST_BYTES = 4L << 30; // unpacked: no bomb fills the machine

    private IncidentFile() {}

    /**
     * What it is.
     *
     * @param savedAt when it was saved
     * @param gateway where it was received
     * @param about the run, or what else it is about, in words
     * @param note what somebody wrote about it; may be empty
     * @param view how it was looked at
     */
    public record Head(Instant savedAt, URI gateway, String about, String note, ViewState view) {}

    /** What writes the entries of an incident. */
    public interface Story {

        /**
         * Hands on each item.
         *
         * @throws IOException when they cannot be read
         */
        void tell(Consumer<StreamItem> taker) throws IOException;
    }

    /**
     * Writes a file in place of a former one; blocks.
     *
     * @return how many items it holds
     * @throws IOException when it cannot be written; a former file is unharmed
     */
    public static long write(Path file, Head head, Story story) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        long[] count = {0};
        try (OutputStream out =
                new BufferedOutputStream(
                        new GZIPOutputStream(Files.newOutputStream(fresh), 64 * 1024), 64 * 1024)) {
            line(out, head(head).toString());
            story.tell(item -> {
                byte[] bytes = Kept.bytes(item);
                if (bytes != null) {
                    entry(out, bytes);
                    count[0]++;
                }
            });
            line(out, JSON.createObjectNode().put("end", count[0]).toString());
        } catch (UncheckedIOException e) {
            Files.deleteIfExists(fresh);
            throw e.getCause();
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return count[0];
    }

    /**
     * Reads what a file is.
     *
     * @throws IOException with a sentence when it is none or cannot be read
     */
    public static Head head(Path file) throws IOException {
        try (BufferedReader in = reader(file)) {
            String first = line(in);
            JsonNode node = JSON.readTree(first == null ? "" : first);
            if (!FORMAT.equals(node.path("format").asText(""))) {
                throw new IOException(text("state.incident.none", file));
            }
            return new Head(
                    Instant.parse(node.path("saved_at").asText("")),
                    URI.create(node.path("gateway").asText("")),
                    node.path("about").asText(""),
                    node.path("note").asText(""),
                    ViewFile.read(node.path("view")));
        } catch (JsonProcessingException
                | ZipException
                | EOFException
                | IllegalArgumentException
                | DateTimeParseException e) {
            throw new IOException(text("state.incident.none", file), e);
        }
    }

    /**
     * Hands on everything that is in a file, in order; blocks as long as the taker does.
     *
     * @return a sentence when something was missing or damaged; empty when all was there
     * @throws IOException when it cannot be read at all
     */
    public static String read(Path file, Consumer<StreamItem> taker) throws IOException {
        long count = 0;
        long bytes = 0;
        EventParser parser = new EventParser();
        try (BufferedReader in = reader(file)) {
            String head = line(in);
            String text = head == null ? null : line(in);
            while (text != null) {
                bytes += text.length();
                JsonNode node = JSON.readTree(text);
                if (node.has("end")) {
                    return node.path("end").asLong() == count ? "" : text("state.incident.more");
                }
                if (bytes > MOST_BYTES) {
                    return text("state.incident.large");
                }
                if (taken(parser, node, taker)) {
                    count++;
                }
                text = line(in);
            }
        } catch (EOFException | ZipException | JsonProcessingException e) {
            // its first part is worth having
        }
        return text("state.incident.cut");
    }

    private static boolean taken(EventParser parser, JsonNode node, Consumer<StreamItem> taker)
            throws IOException {
        String head = node.path("cursor").asText("-") + " " + node.path("at").asLong() + "\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] event = JSON.writeValueAsBytes(node.path("event"));
        byte[] whole = new byte[start.length + event.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(event, 0, whole, start.length, event.length);
        try {
            taker.accept(Kept.item(parser, whole, 0, whole.length));
            return true;
        } catch (MalformedEventException e) {
            return false; // counted as missing
        }
    }

    private static ObjectNode head(Head head) {
        ObjectNode node = JSON.createObjectNode();
        node.put("format", FORMAT);
        node.put("version", 1);
        node.put("saved_at", head.savedAt().toString());
        node.put("gateway", head.gateway().toString());
        node.put("about", head.about());
        node.put("note", head.note());
        node.set("view", ViewFile.node(head.view()));
        return node;
    }

    /** A kept item is a line with cursor and time, then the event's JSON. */
    private static void entry(OutputStream out, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String[] first = text.substring(0, end).split(" ", -1);
        try {
            line(
                    out,
                    "{\"cursor\":\"%s\",\"at\":%s,\"event\":%s}"
                            .formatted(first[0], first[1], text.substring(end + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file), 64 * 1024),
                        StandardCharsets.UTF_8));
    }

    private static @Nullable String line(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (text.length() >= LONGEST_LINE) {
                throw new ZipException("a line is too long");
            }
            text.append((char) c);
            c = in.read();
        }
        return text.toString();
    }
}
