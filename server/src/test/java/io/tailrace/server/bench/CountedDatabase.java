package io.tailrace.server.bench;

import io.tailrace.server.source.mongo.TestMongo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The database of a benchmark in a process of its own: in memory, behind a proxy that counts. */
final class CountedDatabase {

    private CountedDatabase() {}

    /** Says where it and where its proxy listens, then what was counted, for each line it reads. */
    public static void main(String[] arguments) throws IOException {
        try (TestMongo mongo = new TestMongo();
                WireProxy proxy = new WireProxy(mongo);
                var lines =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(mongo.port() + " " + proxy.port());
            while (lines.readLine() != null) {
                System.out.println(proxy.counts());
            }
        }
    }
}
