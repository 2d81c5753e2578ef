package io.tailrace.server.source.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;

import io.tailrace.server.settings.MongoSourceSettings;

import org.bson.RawBsonDocument;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which collections of a database are read. Immutable. */
final class CollectionChoice {

    private static final Pattern INTERNAL = Pattern.compile("system\\..*");

    private final List<String> named;
    private final String expression;
    private final Pattern pattern;
    private final MongoDatabase database;

    CollectionChoice(MongoSourceSettings settings, MongoDatabase database) {
        this.named = settings.collections();
        this.database = database;
        this.expression = named.isEmpty() ? "" : expression(named);
        this.pattern = Pattern.compile(expression);
    }

    private static String expression(List<String> names) {
        return names.stream()
                .map(name -> quoted(name).replace("\\*", ".*"))
                .collect(Collectors.joining("|", "^(", ")$"));
    }

    /** For MongoDB's expressions and Java's. */
    private static String quoted(String name) {
        return name.replaceAll("([^A-Za-z0-9_ -])", "\\\\$1");
    }

    /** The one collection there is to read; empty when there may be others. */
    List<String> single() {
        boolean one = named.size() == 1 && named.getFirst().indexOf('*') < 0;
        return one ? named : List.of();
    }

    /** Whether all of the database are read. */
    boolean all() {
        return named.isEmpty();
    }

    /** What names match, as a regular expression of MongoDB; they are found, not matched whole. */
    String expression() {
        return expression;
    }

    boolean matches(String name) {
        return pattern.matcher(name).find() && !INTERNAL.matcher(name).matches();
    }

    /** Those there are now; asks the database unless all are named. */
    List<String> names() {
        if (!named.isEmpty() && named.stream().noneMatch(name -> name.indexOf('*') >= 0)) {
            return named;
        }
        List<String> found = new ArrayList<>();
        for (String name : database.listCollectionNames()) {
            if (matches(name)) {
                found.add(name);
            }
        }
        return found.stream().sorted().toList();
    }

    MongoCollection<RawBsonDocument> collection(String name) {
        return database.getCollection(name, RawBsonDocument.class);
    }

    MongoDatabase database() {
        return database;
    }
}
