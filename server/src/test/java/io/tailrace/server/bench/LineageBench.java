package io.tailrace.server.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * OpenLineage events taken and acknowledged after fsync, one in a request as clients send them and
 * many in a batch, and how much the heap grows by a Spark plan of 23 MB.
 */
public final class LineageBench {

    private static final int CLIENTS = 64;
    private static final int BATCH = 50;
    private static final int PLAN = 23_347_619;

    private final ServerProcess server;
    private final AtomicLong events = new AtomicLong();

    private LineageBench(ServerProcess server) {
        this.server = server;
    }

    /**
     * Runs it; takes half a minute.
     *
     * @param arguments how many seconds for each part (5), options for the gateway's JVM
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        List<String> jvm =
                List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        Path folder = Files.createTempDirectory("lineage-bench");
        try (ServerProcess server = ServerProcess.gateway(folder, jvm)) {
            var bench = new LineageBench(server);
            long _ = bench.send(Duration.ofSeconds(3), BATCH); // warm up
            bench.measure("one event in a request, 64 clients", seconds, 1);
            bench.measure("50 events in a request, 64 clients", seconds, BATCH);
            bench.plan();
        }
        System.exit(0);
    }

    private void measure(String what, int seconds, int batch)
            throws IOException, InterruptedException {
        long before = events.get();
        double cpu = server.cpuSeconds();
        long nanos = send(Duration.ofSeconds(seconds), batch);
        long count = events.get() - before;
        System.out.printf(
                "%-40s %,9d events  %,8.0f events/s  %.0f us CPU each%n",
                what, count, count * 1e9 / nanos, (server.cpuSeconds() - cpu) * 1e6 / count);
    }

    private long send(Duration time, int batch) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int c = 0; c < CLIENTS; c++) {
            int client = c;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try (RawPost post = new RawPost(server.port())) {
                                    while (System.nanoTime() < end) {
                                        send(post, client, batch);
                                    }
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - begin;
    }

    /** Begin and end of a task in turn, as Airflow tells of them. */
    private void send(RawPost post, int client, int batch) throws IOException {
        List<String> bodies = new ArrayList<>(batch);
        UUID run = UUID.randomUUID();
        for (int i = 0; i < batch; i++) {
            run = i % 2 == 0 ? UUID.randomUUID() : run;
            bodies.add(event(client, run, i % 2 == 0 ? "START" : "COMPLETE"));
        }
        String body = batch == 1 ? bodies.getFirst() : "[" + String.join(",", bodies) + "]";
        String path = batch == 1 ? "/api/v1/lineage" : "/api/v1/lineage/batch";
        post.post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
        events.addAndGet(batch);
    }

    private static String event(int client, UUID run, String type) {
        return """
        {"eventType":"%s","eventTime":"%s","producer":"https://github.com/apache/airflow/tree/providers-openlineage/2.0.0","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run":{"runId":"%s","facets":{"parent":{"_producer":"p","_schemaURL":"s","run":{"runId":"dag-%d"},"job":{"namespace":"bench","name":"dag%d"},"root":{"run":{"runId":"dag-%d"},"job":{"namespace":"bench","name":"dag%d"}}},
        "airflow":{"dag":{"dag_id":"dag%d","owner":"etl","timetable":{}},"dagRun":{"run_id":"scheduled__2026-11-21","run_type":"scheduled"},"taskInstance":{"try_number":1,"duration":1.5,"pool":"default_pool"},"task":{"task_id":"load","retries":2,"operator_class":"PythonOperator","upstream_task_ids":"['extract']"}},
        "processing_engine":{"version":"2.10","name":"Airflow","openlineageAdapterVersion":"2.0.0"}}},
        "job":{"namespace":"bench","name":"dag%d.load","facets":{"jobType":{"processingType":"BATCH","integration":"AIRFLOW","jobType":"TASK"},"sql":{"query":"insert into orders select * from staging.orders where day = current_date"}}},
        "inputs":[{"namespace":"postgres://db:5432","name":"shop.staging.orders","facets":{"schema":{"fields":[{"name":"id","type":"int"},{"name":"total","type":"numeric"}]}}}],
        "outputs":[{"namespace":"postgres://db:5432","name":"shop.public.orders","outputFacets":{"outputStatistics":{"rowCount":120,"size":4096}}}]}
        """
                .formatted(
                        type, Instant.now(), run, client, client, client, client, client, client);
    }

    /** The heap after a collection says what is kept; its top while a plan comes, what it takes. */
    private void plan() throws IOException, InterruptedException {
        byte[] body =
                """
                {"eventType":"START","run":{"runId":"%s","facets":{"spark.logicalPlan":{"plan":[%s0]}}},"job":{"namespace":"bench","name":"plan"}}
                """
                        .formatted(
                                UUID.randomUUID(),
                                "{\"class\":\"org.apache.spark.sql.catalyst.plans.logical.Project\",\"num-children\":1},"
                                        .repeat(PLAN / 87))
                        .getBytes(StandardCharsets.UTF_8);
        server.collect();
        long before = server.residentBytes();
        long begin = System.nanoTime();
        try (RawPost post = new RawPost(server.port())) {
            post.post("/api/v1/lineage", "application/json", body);
        }
        System.out.printf(
                "a plan of %,d bytes: %,d ms, resident memory grew by %,d MB%n",
                body.length,
                (System.nanoTime() - begin) / 1_000_000,
                (server.residentBytes() - before) >> 20);
    }
}
