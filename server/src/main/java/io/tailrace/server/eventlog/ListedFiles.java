package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A witness beside the database: how far its list of files went, the file MANIFEST-….
 *
 * <p>RocksDB takes a list that was cut off for the whole one: it goes on without the table files
 * that were named behind the cut, and deletes them. This file knows better. Like {@link
 * Acknowledged} it is never forced, so what it says is true but may be late. Used by the writer
 * whose turn it is.
 */
final class ListedFiles {

    /** Its name in the log's directory. */
    static final String FILE = "LISTED";

    private static final Pattern LINE =
            Pattern.compile("(MANIFEST-\\d+) (\\d{1,18}) ([0-9a-f]{8}) ([0-9a-f]{8})\n");

    private final Path directory;
    private @Nullable Path list;
    private long size;
    private CRC32C checksum = new CRC32C();

    private record Known(String name, long size, String checksum) {
        static Optional<Known> of(Path directory) throws IOException {
            Path file = directory.resolve(FILE);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Matcher line = LINE.matcher(new String(Files.readAllBytes(file), UTF_8));
            if (!line.matches()) {
                return Optional.empty(); // as good as none
            }
            var known = new Known(line.group(1), Long.parseLong(line.group(2)), line.group(3));
            return known.text().equals(line.group()) ? Optional.of(known) : Optional.empty();
        }

        String text() {
            String said = "%s %d %s".formatted(name, size, checksum);
            var own = new CRC32C();
            own.update(said.getBytes(UTF_8));
            return "%s %08x\n".formatted(said, own.getValue());
        }
    }

    ListedFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * To be asked before the database is opened.
     *
     * @throws EventLogException when the list is not what it was
     */
    static void check(Path directory) {
        try {
            Optional<Known> known = Known.of(directory);
            if (known.isEmpty() || !known.get().name().equals(current(directory))) {
                return; // begun anew since then
            }
            Path list = directory.resolve(known.get().name());
            CRC32C found = new CRC32C();
            boolean whole = read(list, 0, known.get().size(), found) == known.get().size();
            if (!whole || !hex(found).equals(known.get().checksum())) {
                throw new StoreFailures(directory)
                        .damaged(
                                "its list of files, %s, was cut off or changed, so entries in the middle would be missing"
                                        .formatted(known.get().name()));
            }
        } catch (IOException e) {
            return; // the database says what it cannot read
        }
    }

    /** Notes what was added to the list. */
    void note() {
        try {
            if (list == null || !Files.exists(list)) {
                list = directory.resolve(current(directory));
                size = 0;
                checksum = new CRC32C();
            }
            long now = Files.size(list);
            if (now == size) {
                return;
            }
            size += read(list, size, now - size, checksum);
            var known = new Known(list.getFileName().toString(), size, hex(checksum));
            Files.write(directory.resolve(FILE), known.text().getBytes(UTF_8));
        } catch (IOException e) {
            list = null; // a witness that is late is no failure
        }
    }

    private static String current(Path directory) throws IOException {
        return Files.readString(directory.resolve("CURRENT")).strip();
    }

    private static String hex(CRC32C checksum) {
        return "%08x".formatted(checksum.getValue());
    }

    /** Adds so many bytes to a checksum; gives how many there were. */
    private static long read(Path file, long from, long count, CRC32C checksum) throws IOException {
        byte[] bytes = new byte[1 << 16];
        long left = count;
        try (FileChannel channel = FileChannel.open(file).position(from);
                InputStream in = Channels.newInputStream(channel)) {
            while (left > 0) {
                int read = in.read(bytes, 0, (int) Math.min(left, bytes.length));
                if (read < 0) {
                    break;
                }
                checksum.update(bytes, 0, read);
                left -= read;
            }
        }
        return count - left;
    }
}
