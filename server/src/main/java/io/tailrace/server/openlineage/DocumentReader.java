package io.tailrace.server.openlineage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a body of one event, an array of events, or one event after the other, as a stream: what is
 * held at once is one event without its giant facets. Confined to one thread.
 */
final class DocumentReader implements AutoCloseable {

    private static final int LONGEST_STRING = 32 * 1024;
    private static final int SMALL = 8 * 1024;
    private static final int FACET = 48 * 1024;
    private static final int KNOWN_FACET = 512 * 1024; // those that we make use of
    private static final int WHOLE = 768 * 1024;
    private static final int MOST_CUTS = 50;
    private static final int MOST_DATASETS = 200;
    private static final int DEEPEST = 100_000; // what is passed over takes little for each level

    private static final Set<String> KNOWN =
            Set.of("airflow", "airflowState", "errorMessage", "jobDependencies", "spark.exception");
    private static final Set<String> FACETS = Set.of("facets", "inputFacets", "outputFacets");

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private final ShortStrings source;
    private final JsonParser parser;

    // Of the event that is being read.
    private List<Document.Cut> cuts = new ArrayList<>();
    private int used;

    /** Reads that body; closes nothing of it. */
    DocumentReader(InputStream body) throws IOException {
        source = new ShortStrings(body, LONGEST_STRING);
        parser = JSON.createParser(source);
    }

    /**
     * The next event.
     *
     * @return null behind the last
     * @throws LineageException when what stands there is no object; the next may be one
     * @throws com.fasterxml.jackson.core.JsonProcessingException when the body is not JSON: then it
     *     has no next one
     */
    @Nullable Document next() throws IOException {
        JsonToken token = parser.nextToken();
        while (token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY) {
            if (token == JsonToken.START_ARRAY
                    && parser.getParsingContext().getNestingDepth() > 1) {
                parser.skipChildren();
                throw noObject();
            }
            token = parser.nextToken();
        }
        if (token == null) {
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            throw noObject();
        }
        cuts = new ArrayList<>();
        used = 0;
        Place begin = here(parser.currentTokenLocation());
        Map<String, @Nullable Object> members = event();
        return new Document(members, cuts, here(parser.currentLocation()).since(begin));
    }

    /** How many bytes of the body were read. */
    long came() {
        return source.came();
    }

    private static LineageException noObject() {
        return new LineageException("An OpenLineage event must be a JSON object.");
    }

    private Map<String, @Nullable Object> event() throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(
                    name,
                    switch (name) {
                        case "run", "job", "dataset" -> holder(name);
                        case "inputs", "outputs" -> datasets(name);
                        default -> bounded(name, SMALL);
                    });
        }
        return members;
    }

    /** A run, job or dataset: something with facets. */
    private @Nullable Object holder(String path) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return bounded(path, SMALL);
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            boolean facets =
                    FACETS.contains(name) && parser.currentToken() == JsonToken.START_OBJECT;
            String place = path + "." + name;
            members.put(name, facets ? facets(place) : bounded(place, SMALL));
        }
        return members;
    }

    private Map<String, @Nullable Object> facets(String path) throws IOException {
        Map<String, @Nullable Object> facets = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            int budget = KNOWN.contains(name) ? KNOWN_FACET : FACET;
            facets.put(name, bounded(path + "." + name, budget));
        }
        return facets;
    }

    private @Nullable Object datasets(String path) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return bounded(path, SMALL);
        }
        List<@Nullable Object> datasets = new ArrayList<>();
        Place left = null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (datasets.size() < MOST_DATASETS) {
                datasets.add(holder(path + "[" + datasets.size() + "]"));
            } else {
                left = left == null ? here(parser.currentTokenLocation()) : left;
                parser.skipChildren();
            }
        }
        if (left != null) {
            cut(path + "[" + MOST_DATASETS + "…]", here(parser.currentLocation()).since(left));
        }
        return datasets;
    }

    /** A value, or how large it was. */
    private @Nullable Object bounded(String path, int budget) throws IOException {
        Place begin = here(parser.currentTokenLocation());
        var tree = new TreeReader(parser, Math.min(budget, WHOLE - used));
        Object value = tree.read();
        if (parser.currentToken().isScalarValue()) {
            parser.finishToken(); // else its end is not known yet
        }
        Place end = here(parser.currentLocation());
        if (tree.over() || end.cuts > begin.cuts) {
            cut(path, end.since(begin));
        }
        if (tree.over()) {
            Map<String, @Nullable Object> instead = new LinkedHashMap<>();
            instead.put("cut_bytes", end.since(begin));
            return instead;
        }
        used += tree.used();
        return value;
    }

    private void cut(String path, long bytes) {
        if (cuts.size() < MOST_CUTS) {
            cuts.add(new Document.Cut(path, bytes));
        }
    }

    /**
     * A place in the body.
     *
     * @param offset in what the parser reads
     * @param dropped how many bytes before it the parser does not read
     * @param cuts how many strings were cut before it
     */
    private record Place(long offset, long dropped, int cuts) {
        long since(Place begin) {
            return offset + dropped - begin.offset - begin.dropped;
        }
    }

    private Place here(JsonLocation location) {
        long offset = location.getByteOffset();
        long dropped = source.droppedBefore(offset);
        return new Place(offset, dropped, source.cutBefore());
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
