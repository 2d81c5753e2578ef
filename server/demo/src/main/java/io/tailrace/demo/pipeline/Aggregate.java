package io.tailrace.demo.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks the database what the share of jars is like. */
final class Aggregate implements Task {

    static final String NAME = "aggregate";

    private static final Logger LOG = LoggerFactory.getLogger("demo.Aggregate");
    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put(
                "Classes by the Java they need",
                "SELECT version - 44 AS java, COUNT(*) AS classes, COUNT(DISTINCT jar) AS jars"
                        + " FROM class GROUP BY version ORDER BY version");
        QUERIES.put(
                "Licences",
                "SELECT name AS licence, COUNT(DISTINCT jar) AS jars FROM licence GROUP BY name"
                        + " ORDER BY jars DESC, licence LIMIT 15");
        QUERIES.put(
                "Largest packages",
                "SELECT package, COUNT(*) AS classes, SUM(bytes) AS bytes, SUM(methods) AS methods"
                        + " FROM class GROUP BY package ORDER BY bytes DESC LIMIT 15");
        QUERIES.put(
                "Jars that repeat most classes of others",
                "SELECT j.name AS jar, COUNT(*) AS classes FROM duplicate_class d JOIN jar j ON"
                        + " j.id = d.jar GROUP BY j.name ORDER BY classes DESC LIMIT 15");
        QUERIES.put(
                "Packages split over several jars",
                "SELECT package, COUNT(DISTINCT jar) AS jars FROM class GROUP BY package HAVING"
                        + " COUNT(DISTINCT jar) > 1 ORDER BY jars DESC, package LIMIT 15");
        QUERIES.put(
                "Findings",
                "SELECT level, rule, COUNT(*) AS jars FROM finding GROUP BY level, rule ORDER BY"
                        + " level, jars DESC");
    }

    private final Dataset data;

    Aggregate(Dataset data) {
        this.data = data;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(Load.NAME);
    }

    @Override
    public Explanation explanation() {
        return new Explanation(
                "What a split package is",
                "When two jars have classes in the same package, the class path does not mind, but"
                        + " the module path refuses to start. The aggregation lists the packages of"
                        + " this share that are split.");
    }

    @Override
    public long run(TaskContext context) throws Exception {
        context.total(QUERIES.size());
        List<Table> tables = new ArrayList<>();
        try (Connection db = DriverManager.getConnection(data.url(), "sa", "")) {
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                context.gate().pass();
                Table table = table(db, query.getKey(), query.getValue());
                tables.add(table);
                LOG.info("{}: {}", table.title(), first(table));
                context.meter().count(table.rows().size(), 0, 0);
                context.advance(1, table.rows().size(), table.title());
            }
        }
        data.tables = List.copyOf(tables);
        return tables.stream().mapToLong(t -> t.rows().size()).sum();
    }

    private static Table table(Connection db, String title, String sql) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData about = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= about.getColumnCount(); i++) {
                columns.add(about.getColumnLabel(i).toLowerCase(Locale.ROOT));
            }
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(List.copyOf(row));
            }
            return new Table(title, List.copyOf(columns), List.copyOf(rows));
        }
    }

    private static String first(Table table) {
        return table.rows().isEmpty() ? "none" : table.rows().getFirst() + " comes first";
    }
}
