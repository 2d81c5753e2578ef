package io.tailrace.server.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

class DocumentReaderTest {

    private static DocumentReader reader(String json) throws IOException {
        return new DocumentReader(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Document only(String json) throws IOException {
        try (DocumentReader reader = reader(json)) {
            Document document = reader.next();
            assertThat(reader.next()).isNull();
            assertThat(document).isNotNull();
            return document == null ? new Document(Map.of(), List.of(), 0) : document;
        }
    }

    @Test
    void readsOneObjectOrAnArrayOrOneAfterTheOther() throws IOException {
        for (String json :
                List.of("[{\"a\":1},{\"a\":2}]", "{\"a\":1} {\"a\":2}", "{\"a\":1}\n{\"a\":2}\n")) {
            try (DocumentReader reader = reader(json)) {
                assertThat(reader.next()).extracting(d -> d.members().get("a")).isEqualTo(1L);
                assertThat(reader.next()).extracting(d -> d.members().get("a")).isEqualTo(2L);
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void whatIsNoObjectIsPassedOver() throws IOException {
        try (DocumentReader reader = reader("[1,[{\"x\":[2]}],\"s\",null,{\"a\":1}]")) {
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(LineageException.class)
                        .hasMessageContaining("must be a JSON object");
            }
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void whatIsNotJsonEndsTheBody() throws IOException {
        try (DocumentReader reader = reader("[{\"a\":1},{\"a\"")) {
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next).isInstanceOf(JsonProcessingException.class);
        }
    }

    @Test
    void giantFacetsAreCutAndTheirSizeIsSaid() throws IOException {
        String plan = "{\"plan\":[" + "{\"class\":\"Project\",\"n\":12345},".repeat(20_000) + "0]}";
        String text = "{\"query\":\"" + "select 1; ".repeat(50_000) + "\"}";
        Document document =
                only(
                        """
                        {"run":{"runId":"r","facets":{"spark.logicalPlan":%s,"small":{"x":1}}},
                         "job":{"name":"j","facets":{"sql":%s,"other":{"y":[true,false,null,1.5]}}}}
                        """
                                .formatted(plan, text));

        assertThat(document.cut())
                .containsExactly(
                        new Document.Cut("run.facets.spark.logicalPlan", plan.length()),
                        new Document.Cut("job.facets.sql", text.length()));
        assertThat(
                        Lookup.object(document.members(), "run", "facets", "spark.logicalPlan")
                                .get("cut_bytes"))
                .isEqualTo((long) plan.length());
        assertThat(Lookup.object(document.members(), "run", "facets", "small").get("x"))
                .isEqualTo(1L);
        assertThat(Lookup.object(document.members(), "job", "facets").get("other"))
                .asString()
                .isEqualTo("{y=[true, false, null, 1.5]}");
        String query =
                Lookup.text(Lookup.object(document.members(), "job", "facets", "sql"), "query");
        assertThat(query)
                .startsWith("select 1; select 1;")
                .endsWith("... [%d bytes cut]".formatted(500_000 - 32 * 1024))
                .hasSizeLessThan(33_000);
        assertThat(document.bytes()).isGreaterThan(plan.length() + text.length());
    }

    @Test
    void stringsAreCutBetweenCharacters() throws IOException {
        for (String part : List.of("é", "€", "😀", "\\n", "\\u00e9", "\\\"", "\\\\")) {
            for (int shift = 0; shift < 7; shift++) {
                String text = "x".repeat(shift) + part.repeat(20_000);
                Document document =
                        only(
                                "{\"run\":{\"facets\":{\"f\":{\"t\":\"%s\"}}},\"k\":1}"
                                        .formatted(text));

                String kept =
                        Lookup.text(Lookup.object(document.members(), "run", "facets", "f"), "t");
                assertThat(kept).endsWith(" bytes cut]").doesNotContain("\uFFFD");
                assertThat(document.members()).containsEntry("k", 1L);
            }
        }
    }

    @Test
    void nestingWithoutEndIsCut() throws IOException {
        String deep = "[".repeat(50_000) + "]".repeat(50_000);
        Document document =
                only(
                        "{\"run\":{\"runId\":\"r\",\"facets\":{\"deep\":%s}},\"job\":{\"name\":\"j\"}}"
                                .formatted(deep));

        assertThat(document.cut()).containsExactly(new Document.Cut("run.facets.deep", 100_000));
        assertThat(Lookup.text(Lookup.object(document.members(), "job"), "name")).isEqualTo("j");
    }

    @Test
    void aPlanOfManyMegabytesTakesLittleMemory() throws IOException {
        String head = "{\"run\":{\"runId\":\"r\",\"facets\":{\"spark.logicalPlan\":{\"plan\":";
        String tail = "}}},\"job\":{\"name\":\"j\"}}";
        for (String part : List.of("\"x", "[{\"class\":\"Project\",\"n\":12345},", "[[[7],")) {
            String end = part.startsWith("\"") ? "\"" : "0" + (part.startsWith("[[") ? "]]" : "]");
            String open = part.startsWith("\"") ? "\"" : part.startsWith("[[") ? "[[" : "[";
            String filler = part.substring(open.length());
            int count = 30_000_000 / filler.length();
            InputStream body =
                    new SequenceInputStream(
                            Collections.enumeration(
                                    List.of(
                                            bytes(head + open),
                                            new Filler(filler, count),
                                            bytes(end + tail))));
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            try (DocumentReader reader = new DocumentReader(body)) {
                Document document = reader.next();

                long size = (long) count * filler.length() + open.length() + end.length() + 9;
                assertThat(document == null ? List.of() : document.cut())
                        .containsExactly(new Document.Cut("run.facets.spark.logicalPlan", size));
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("allocated in all, kept or not, for 30 MB of " + filler)
                    .isLessThan(8 << 20);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anyBytesAreReadOrRefused() {
        String valid =
                "[{\"eventType\":\"START\",\"run\":{\"runId\":\"r\",\"facets\":{\"a\":{\"b\":[1,2.5,\"x\\u00e9\"]}}},\"job\":{\"namespace\":\"n\",\"name\":\"j\"},\"inputs\":[{\"name\":\"d\"}]}]";
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte)
                                (random.nextBoolean()
                                        ? random.nextInt(256)
                                        : "\"{}[],:\\0".charAt(random.nextInt(9)));
            }
            drain(bytes);
        }
    }

    private static void drain(byte[] bytes) {
        try (DocumentReader reader = new DocumentReader(new ByteArrayInputStream(bytes))) {
            boolean more = true;
            while (more) {
                try {
                    Document document = reader.next();
                    more = document != null;
                    if (document != null) {
                        assertThat(LineageEvent.of(document).name()).isNotNull();
                        assertThat(Fingerprint.of(document)).hasSize(43);
                    }
                } catch (LineageException e) {
                    assertThat(e.getMessage()).endsWith(".");
                }
            }
        } catch (IOException e) {
            assertThat(e).isInstanceOf(JsonProcessingException.class);
        }
    }

    /** The same again and again. */
    private static final class Filler extends InputStream {
        private final byte[] part;
        private long left;

        Filler(String part, int count) {
            this.part = part.getBytes(StandardCharsets.US_ASCII);
            left = (long) count * this.part.length;
        }

        @Override
        public int read() {
            return left > 0 ? part[(int) (-left-- % part.length + part.length) % part.length] : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = (int) Math.min(left, length);
            for (int i = 0; i < count; i++) {
                target[offset + i] = (byte) read();
            }
            return count == 0 ? -1 : count;
        }
    }
}
