package io.tailrace.desktop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What the pictures show: three good nights and a bad one, a run that started others in another
 * engine, idle time, the same workflow in two workspaces, measures, warnings. Lines of JSON.
 */
final class TourStory {

    private final Instant now;
    private final Random random = new Random(7);
    private final List<String> lines = new ArrayList<>();

    TourStory(Instant now) {
        this.now = now;
    }

    /** Tells a gateway all of it, and two things that it cannot understand. */
    void tell(HttpClient http, URI gateway) throws IOException, InterruptedException {
        for (String body :
                List.of(busy(), "{\"kind\":\"log\",\"channel\":\"nowhere\"}\nno json at all\n")) {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(gateway.resolve("/api/events"))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .header("Content-Type", "application/x-ndjson")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            System.out.println(response.statusCode() + " " + response.body());
        }
    }

    /** A busy gateway: live runs over finished ones. */
    private String busy() {
        for (int night = 4; night > 0; night--) {
            orders("acme", "night-" + night, Duration.ofHours(24L * night), true);
        }
        orders("globex", "globex-1", Duration.ofHours(25), true);
        failed();
        family();
        orders("globex", "globex-2", Duration.ofMinutes(9), false);
        orders("acme", "tonight", Duration.ofMinutes(11), false);
        measures();
        return text();
    }

    private String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Five tasks with a pause between the second and the third. */
    private void orders(String workspace, String run, Duration ago, boolean whole) {
        Instant start = now.minus(ago);
        Run at = new Run(workspace, "nightly-orders", run, "");
        add(at, start, "workflow_started", "\"tasks\":" + PLAN);
        task(at, start, "extract", 0, 170, 1, 1_200_000);
        task(at, start, "clean", 172, 300, 1, 1_180_000);
        task(at, start, "validate", 176, 260, 1, 1_180_000);
        task(at, start, "join", 390, 520, 1, 1_170_000);
        log(at, start.plusSeconds(392), "WARN", "slow commit 2.4 s, 3 in flight", "join");
        if (whole) {
            task(at, start, "load", 522, 640 + random.nextInt(40), 1, 1_170_000);
            task(at, start, "report", 690, 720, 1, 12);
            add(at, start.plusSeconds(724), "workflow_complete", "\"state\":\"succeeded\"");
            return;
        }
        add(at, start.plusSeconds(521), "status", "\"task\":\"load\",\"state\":\"running\"");
        int reached = (int) Duration.between(start, now).toSeconds();
        for (int second = 525; second < reached; second += 3) {
            Instant time = start.plusSeconds(second);
            double percent = Math.min(95, (second - 521) * 100.0 / 240);
            add(
                    at,
                    time,
                    "progress",
                    "\"task\":\"load\",\"progress\":%.1f,\"rows\":%d"
                            .formatted(percent, (second - 520) * 4_900L));
            log(at, time, "INFO", "batch %d rows=4475 dur=720ms loaded".formatted(second), "load");
            if (second % 27 == 0) {
                log(
                        at,
                        time,
                        "ERROR",
                        "payments sink timeout after 5000 ms, attempt 2 of 5",
                        "load");
            }
        }
        add(
                at,
                now.minusSeconds(5),
                "educational",
                "\"title\":\"While the load runs\",\"educational_content\":\"Rows are **merged by"
                        + " key**.\\n- New keys are inserted\\n- Known keys are compared\"");
    }

    private static final String PLAN =
            "[{\"name\":\"extract\"},{\"name\":\"clean\",\"after\":[\"extract\"]},"
                    + "{\"name\":\"validate\",\"after\":[\"extract\"]},"
                    + "{\"name\":\"join\",\"after\":[\"clean\",\"validate\"]},"
                    + "{\"name\":\"load\",\"after\":[\"join\"]},"
                    + "{\"name\":\"report\",\"after\":[\"load\"]}]";

    private void failed() {
        Instant start = now.minusSeconds(2_500);
        Run at = new Run("acme", "ml-features", "ml-9", "");
        add(at, start, "workflow_started", "\"tasks\":[{\"name\":\"read\"},{\"name\":\"join\"}]");
        task(at, start, "read", 0, 60, 1, 90_000);
        add(at, start.plusSeconds(61), "status", "\"task\":\"join\",\"state\":\"running\"");
        String error =
                "\"task\":\"join\",\"error\":\"Executor lost: exit code 137 (out of memory)\"";
        add(at, start.plusSeconds(300), "error", error + ",\"will_retry\":true");
        add(
                at,
                start.plusSeconds(310),
                "status",
                "\"task\":\"join\",\"state\":\"running\",\"attempt\":2");
        log(at, start.plusSeconds(590), "ERROR", "Executor lost: exit code 137", "join");
        add(at, start.plusSeconds(600), "error", error + ",\"attempt\":2");
        add(
                at,
                start.plusSeconds(601),
                "workflow_complete",
                "\"state\":\"failed\",\"error\":\"join failed twice\"");
    }

    /** Airflow starts dbt and Spark. */
    private void family() {
        Instant start = now.minusSeconds(1_900);
        Run parent = new Run("acme", "daily-marts", "airflow-7", "");
        add(
                parent,
                start,
                "workflow_started",
                "\"tasks\":[{\"name\":\"trigger\"},{\"name\":\"wait\"}]");
        task(parent, start, "trigger", 0, 20, 1, 0);
        String by = ",\"parent\":\"acme/daily-marts/airflow-7\"";
        Run dbt = new Run("acme", "dbt-marts", "dbt-7", by);
        add(
                dbt,
                start.plusSeconds(21),
                "workflow_started",
                "\"tasks\":[{\"name\":\"stg_orders\"}]");
        task(dbt, start, "stg_orders", 25, 400, 1, 44_000);
        log(dbt, start.plusSeconds(399), "WARN", "unique test: 3 rows", "stg_orders");
        add(dbt, start.plusSeconds(402), "workflow_complete", "\"state\":\"succeeded\"");
        Run spark = new Run("acme", "spark-sessions", "spark-7", by);
        add(
                spark,
                start.plusSeconds(410),
                "workflow_started",
                "\"tasks\":[{\"name\":\"stage 1\"}]");
        add(spark, start.plusSeconds(412), "status", "\"task\":\"stage 1\",\"state\":\"running\"");
        add(spark, now.minusSeconds(4), "workflow_progress", "\"progress\":41");
    }

    private void measures() {
        double queue = 20;
        double latency = 0.4;
        for (int second = 600; second > 0; second -= 5) {
            Instant at = now.minusSeconds(second);
            queue = Math.clamp(queue + random.nextGaussian() * 4, 5, 95);
            latency = Math.max(0.1, latency + random.nextGaussian() * 0.1);
            metric(at, "queue", queue, "%");
            metric(at, "sink latency p95", latency + (second < 240 ? 4 : 0), "s");
            metric(at, "rejected rows", (600 - second) / 16.0, "rows");
            metric(at, "heap", 400e6 + random.nextInt(90_000_000), "B");
        }
    }

    private void task(
            Run at, Instant start, String task, int from, int to, int attempt, long rows) {
        String about = "\"task\":\"%s\",\"attempt\":%d".formatted(task, attempt);
        if (start.plusSeconds(from).isAfter(now)) {
            return;
        }
        add(at, start.plusSeconds(from), "status", about + ",\"state\":\"running\"");
        log(at, start.plusSeconds(from), "INFO", task + " begins", task);
        if (start.plusSeconds(to).isBefore(now)) {
            add(at, start.plusSeconds(to), "complete", about + ",\"rows\":" + rows);
        }
    }

    private void metric(Instant at, String name, double value, String unit) {
        lines.add(
                "{\"kind\":\"metric\",\"channel\":\"metrics:acme\",\"timestamp\":\"%s\",\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"workspace\":\"acme\",\"workflow\":\"nightly-orders\",\"run\":\"tonight\"}"
                        .formatted(at, name, value, unit));
    }

    private void log(Run at, Instant time, String level, String text, String task) {
        lines.add(
                "{\"kind\":\"log\",\"channel\":\"logs:%s:%s\",\"timestamp\":\"%s\",%s,\"level\":\"%s\",\"message\":\"%s\",\"logger\":\"sink-3\",\"task\":\"%s\"}"
                        .formatted(
                                at.workspace(),
                                at.workflow(),
                                time,
                                at.members(),
                                level,
                                text,
                                task));
    }

    private void add(Run at, Instant time, String kind, String members) {
        lines.add(
                "{\"kind\":\"%s\",\"channel\":\"runs:%s:%s\",\"timestamp\":\"%s\",%s,%s%s}"
                        .formatted(
                                kind,
                                at.workspace(),
                                at.workflow(),
                                time,
                                at.members(),
                                members,
                                at.parent()));
    }

    private record Run(String workspace, String workflow, String run, String parent) {
        String members() {
            return "\"workspace\":\"%s\",\"workflow\":\"%s\",\"run\":\"%s\""
                    .formatted(workspace, workflow, run);
        }
    }
}
