package io.tailrace.server.chaos;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may read what, and who asks for what, changes while streams are open. On the schedule's
 * thread, while the gateway runs; each change is made directly and answered.
 */
final class Changes {

    private final Random random;
    private final GatewayProcess gateway;
    private final Cast cast;
    private final Ledger ledger;
    private final Map<String, Long> revoked = new HashMap<>();

    /**
     * Whom it meets.
     *
     * @param channels all there are
     * @param granted the name of a principal whose grants come and go
     * @param grants what he may read
     * @param always what his token allows him
     * @param replaced a reader whose token is replaced
     * @param changed a reader whose channels change
     */
    record Cast(
            List<String> channels,
            String granted,
            Book grants,
            Set<String> always,
            ChaosReader replaced,
            ChaosReader changed) {}

    Changes(Random random, GatewayProcess gateway, Cast cast, Ledger ledger) {
        this.random = random;
        this.gateway = gateway;
        this.cast = cast;
        this.ledger = ledger;
    }

    /** Makes one; says which. */
    String make() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> grants();
            case 2, 3 -> channels();
            default -> token();
        };
    }

    /** When the revocation of each token was answered. */
    Map<String, Long> revoked() {
        return revoked;
    }

    private Set<String> some() {
        Set<String> some = new LinkedHashSet<>(cast.channels());
        some.removeIf(_ -> random.nextBoolean());
        return some;
    }

    private String grants() {
        Set<String> some = some();
        String list =
                some.stream()
                        .map(channel -> "\"subscribe:" + channel + "\"")
                        .collect(Collectors.joining(","));
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(cast.always());
        cast.grants().ask(all, Long.MAX_VALUE, System.nanoTime());
        admin("PUT", "/api/access/grants/" + cast.granted(), "{\"grants\":[" + list + "]}");
        cast.grants().answered(System.nanoTime());
        return "grant " + some.size() + " channels";
    }

    private String token() {
        ChaosReader reader = cast.replaced();
        String made =
                admin(
                        "POST",
                        "/api/access/tokens",
                        "{\"name\":\"%s\",\"grants\":[\"subscribe:logs:*\"]}"
                                .formatted(reader.session()));
        String next = made.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
        List<String> before = new ArrayList<>();
        boolean free =
                reader.changing(() -> {
                    before.add(reader.token());
                    reader.shows(next);
                });
        if (!free) {
            return "a token that nobody uses";
        }
        String over = before.getFirst();
        admin("DELETE", "/api/access/tokens/" + over.split("_", -1)[1], "");
        revoked.put(over, System.nanoTime());
        return "replace a token";
    }

    private String channels() {
        ChaosReader reader = cast.changed();
        boolean free = reader.changing(() -> change(reader));
        return free ? "change channels" : "change no channels";
    }

    private void change(ChaosReader reader) {
        Book wishes = reader.wishes();
        Set<String> wanted = some();
        wanted.add(cast.channels().getFirst());
        Set<String> named = new LinkedHashSet<>(wanted);
        named.add(StreamWay.MARK + (wishes.newest() + 1));
        long after = Long.MAX_VALUE;
        String start = "";
        if (random.nextInt(3) == 0) {
            start = ",\"tail\":" + random.nextInt(50);
        } else if (random.nextBoolean() && !ledger.lines().isEmpty()) {
            after = random.nextLong(ledger.lines().lastKey() + 1);
            start = ",\"after\":\"" + gateway.epoch() + "-" + after + "\"";
        }
        String names = named.stream().collect(Collectors.joining("\",\"", "\"", "\""));
        wishes.ask(wanted, after, System.nanoTime());
        HttpResponse<String> reply =
                gateway.call(
                        reader.token(),
                        "PUT",
                        "/api/sse/session/" + reader.session() + "/channels",
                        "{\"channels\":[" + names + "]" + start + "}");
        // Without an open stream it asks for them with the next one.
        if (reply.statusCode() != 200 && reply.statusCode() != 404) {
            throw new AssertionError(reply.statusCode() + " " + reply.body());
        }
        wishes.answered(System.nanoTime());
        reader.wants(String.join(",", named));
    }

    private String admin(String method, String path, String body) {
        HttpResponse<String> reply = gateway.call(gateway.admin(), method, path, body);
        if (reply.statusCode() / 100 != 2) {
            throw new AssertionError(path + ": " + reply.statusCode() + " " + reply.body());
        }
        return reply.body();
    }
}
