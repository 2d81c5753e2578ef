package io.tailrace.server.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A thousand readers, each with ten of a thousand channels: hardly two want the same. */
final class ChannelsBench {

    private ChannelsBench() {}

    /** Each reader has ten channels of a thousand, each another ten. */
    static void run(int seconds, List<String> jvm) throws Exception {
        int readers = 1_000;
        Path folder = Files.createTempDirectory("fanout-bench");
        try (ServerProcess server = ServerProcess.gateway(folder, jvm);
                Swarm swarm =
                        new Swarm(server.port(), readers, 0, ChannelsBench::tenChannels, true, 0);
                RawPost post = new RawPost(server.port())) {
            publish(server, swarm, post, 3);
            publish(server, swarm, post, seconds).print(server, "10 of 1,000 channels", readers);
        }
    }

    private static String tenChannels(int reader) {
        StringBuilder path = new StringBuilder("/api/sse/session/s" + reader + "?channels=");
        for (int i = 0; i < 10; i++) {
            path.append(i == 0 ? "" : ",")
                    .append("logs:bench:c")
                    .append((reader * 7 + i * 100) % 1_000);
        }
        return path.toString();
    }

    private static Deliveries publish(ServerProcess server, Swarm swarm, RawPost post, int time)
            throws Exception {
        long base = swarm.delivered();
        double cpu = server.cpuSeconds();
        long begin = System.nanoTime();
        long end = begin + time * 1_000_000_000L;
        long published = 0;
        while (System.nanoTime() < end) {
            if (published * 10 - (swarm.delivered() - base) > 64_000) {
                LockSupport.parkNanos(20_000);
                continue;
            }
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < 64; i++) {
                body.append(
                        "{\"channel\":\"logs:bench:c%d\",\"message\":\"%s\"}\n"
                                .formatted(
                                        published % 1_000,
                                        FanoutBench.TEXT.formatted(published, System.nanoTime())));
                published++;
            }
            post.post(
                    "/api/events",
                    "application/x-ndjson",
                    body.toString().getBytes(StandardCharsets.US_ASCII));
        }
        Deliveries result =
                new Deliveries(
                        swarm.delivered() - base,
                        (System.nanoTime() - begin) / 1e9,
                        server.cpuSeconds() - cpu);
        FanoutBench.settle(swarm, base + published * 10);
        return result;
    }
}
