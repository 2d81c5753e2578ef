package io.tailrace.demo.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads what was extracted into the database.
 *
 * <p>The first attempt takes the fast way and trusts that each class is in one jar only; the
 * table's key decides. Where it is not so, the second attempt keeps the first of each and lists the
 * others.
 */
final class Load implements Task {

    static final String NAME = "load";

    private static final Logger LOG = LoggerFactory.getLogger("demo.Load");
    private static final int BATCH = 500;
    private static final String DUPLICATE_KEY = "23505";
    private static final String[] SCHEMA = {
        "DROP ALL OBJECTS",
        "CREATE TABLE jar (id INT PRIMARY KEY, name VARCHAR NOT NULL, bytes BIGINT, sha1 CHAR(40),"
                + " module VARCHAR)",
        "CREATE TABLE class (name VARCHAR PRIMARY KEY, jar INT NOT NULL, package VARCHAR,"
                + " version INT, bytes INT, methods INT, texts INT)",
        "CREATE TABLE duplicate_class (name VARCHAR, jar INT)",
        "CREATE TABLE licence (jar INT, name VARCHAR, source VARCHAR)",
        "CREATE TABLE finding (jar INT, level VARCHAR, rule VARCHAR, text VARCHAR)"
    };

    private final Dataset data;

    Load(Dataset data) {
        this.data = data;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(Validate.NAME);
    }

    @Override
    public Explanation explanation() {
        return new Explanation(
                "Why one class in two jars matters",
                "Java takes a class from the first jar on the class path that has it. With two"
                        + " versions of it there, the order of the jars decides how the program"
                        + " behaves. The class table's primary key is the class's name, so loading"
                        + " finds every such pair.");
    }

    @Override
    public int attempts() {
        return 2;
    }

    @Override
    public long run(TaskContext context) throws Exception {
        List<Row> rows = rows();
        context.total(rows.size());
        context.meter().waitingRows(rows.size());
        try (Connection db = DriverManager.getConnection(data.url(), "sa", "")) {
            for (String statement : SCHEMA) {
                try (Statement s = db.createStatement()) {
                    s.execute(statement);
                }
            }
            db.setAutoCommit(false);
            List<Row> wanted = context.attempt() == 1 ? rows : deduplicated(rows);
            for (int from = 0; from < wanted.size(); from += BATCH) {
                context.gate().pass();
                List<Row> batch = wanted.subList(from, Math.min(from + BATCH, wanted.size()));
                insert(db, batch);
                int loaded = from + batch.size();
                context.meter().count(batch.size(), 0, 0);
                context.meter().waitingRows(wanted.size() - loaded);
                context.advance(batch.size(), batch.size(), "Loading rows");
                if (from / BATCH % 20 == 19) {
                    context.run().partial(loaded, loaded + " rows are in the database");
                }
            }
            data.loaded = wanted.size();
            return wanted.size();
        } finally {
            context.meter().waitingRows(0);
        }
    }

    /** A row of a table. */
    private record Row(String table, List<Object> values) {

        String sql() {
            return "INSERT INTO " + table + " VALUES (" + "?,".repeat(values.size() - 1) + "?)";
        }
    }

    private static void insert(Connection db, List<Row> batch)
            throws SQLException, DuplicateClassException {
        Map<String, PreparedStatement> statements = new HashMap<>();
        try {
            for (Row row : batch) {
                PreparedStatement statement = statements.get(row.sql());
                if (statement == null) {
                    statement = db.prepareStatement(row.sql());
                    statements.put(row.sql(), statement);
                }
                for (int i = 0; i < row.values().size(); i++) {
                    statement.setObject(i + 1, row.values().get(i));
                }
                statement.addBatch();
            }
            for (PreparedStatement statement : statements.values()) {
                statement.executeBatch();
            }
            db.commit();
        } catch (SQLException e) {
            db.rollback();
            if (DUPLICATE_KEY.equals(e.getSQLState())) {
                throw new DuplicateClassException(e);
            }
            throw e;
        } finally {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
        }
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < data.jars.size(); id++) {
            Jar jar = data.jars.get(id);
            JarFacts facts = data.facts.get(jar);
            String sha1 = facts == null ? "" : facts.sha1();
            String module = facts == null || facts.moduleName() == null ? "" : facts.moduleName();
            rows.add(new Row("jar", List.of(id, jar.name(), jar.size(), sha1, module)));
            for (Licence licence : data.licences.getOrDefault(jar, List.of())) {
                rows.add(new Row("licence", List.of(id, licence.name(), licence.source())));
            }
            for (ClassFacts c : data.classes.getOrDefault(jar, List.of())) {
                if (c.base()) {
                    rows.add(classRow(id, c));
                }
            }
        }
        for (Finding f : data.findings) {
            int id = data.jars.indexOf(f.jar());
            rows.add(new Row("finding", List.of(id, f.level().name(), f.rule(), f.text())));
        }
        return rows;
    }

    private static Row classRow(int jar, ClassFacts c) {
        return new Row(
                "class",
                List.of(
                        c.name(),
                        jar,
                        c.packageName(),
                        c.major(),
                        c.bytes(),
                        c.methods(),
                        c.texts()));
    }

    /** The first row of each class stays; the others become rows of the list of duplicates. */
    private static List<Row> deduplicated(List<Row> rows) {
        Map<Object, Row> first = new HashMap<>();
        List<Row> result = new ArrayList<>();
        for (Row row : rows) {
            boolean duplicate =
                    row.table().equals("class")
                            && first.putIfAbsent(row.values().getFirst(), row) != null;
            result.add(duplicate ? new Row("duplicate_class", row.values().subList(0, 2)) : row);
        }
        LOG.info("De-duplicated: {} classes, each once", first.size());
        return result;
    }

    /** A class is in more than one jar. */
    static final class DuplicateClassException extends Exception {
        private static final long serialVersionUID = 1L;

        DuplicateClassException(SQLException cause) {
            super("A class is in two jars: " + firstLine(cause), cause);
        }

        private static String firstLine(SQLException e) {
            String text = String.valueOf(e.getMessage());
            return text.lines().findFirst().orElse(text);
        }
    }
}
