package io.tailrace.server.chaos;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who reads what in which way, and whom the changes meet. */
record Readers(List<ChaosReader> all, Changes.Cast cast) {

    private static final String GRANTED = "eve";

    /** Some behind each proxy. */
    static Readers of(GatewayProcess gateway, List<String> channels, TcpProxy one, TcpProxy other) {
        Set<String> every = Set.copyOf(channels);
        Set<String> even = with(channels, "even");
        Set<String> first = Set.of(channels.get(0), channels.get(1));
        var make = new Maker(gateway, gateway.token("anna", "subscribe:logs:*"));
        ChaosReader plain = make.reader(one, "plain", "logs:chaos:*", every);
        ChaosReader evens = make.reader(one, "even", "logs:*:even*", even);
        ChaosReader odds = make.reader(other, "odd", "*:chaos:odd*", with(channels, "odd"));
        ChaosReader changed = make.reader(one, "changed", String.join(",", first), first);
        var replacing = new Maker(gateway, gateway.token("replaced", "subscribe:logs:*"));
        ChaosReader replaced = replacing.reader(other, "replaced", "logs:chaos:*", every);

        var limited = new Maker(gateway, gateway.token(GRANTED, "subscribe:logs:chaos:even*"));
        ChaosReader streamed = limited.reader(one, "granted", "*:chaos:*", every);
        ChaosReader polled =
                new ChaosReader(
                        other.uri(),
                        "polled",
                        new PollWay(),
                        "logs:*",
                        new Book(every),
                        limited.token(),
                        gateway.epoch() + "-0");
        var cast = new Changes.Cast(channels, GRANTED, new Book(even), even, replaced, changed);
        return new Readers(List.of(plain, evens, odds, changed, replaced, streamed, polled), cast);
    }

    private static Set<String> with(List<String> channels, String word) {
        return channels.stream().filter(c -> c.contains(word)).collect(Collectors.toSet());
    }

    /** What a reader may have when. */
    Book grants(ChaosReader reader) {
        boolean limited = reader.session().equals("granted") || reader.session().equals("polled");
        return limited ? cast.grants() : new Book(Set.copyOf(cast.channels()));
    }

    /** How much each got. */
    @Override
    public String toString() {
        return all.stream()
                .map(r ->
                        "%s %,d (gaps %d)"
                                .formatted(
                                        r,
                                        r.history().entries().size(),
                                        r.history().holes().size()))
                .collect(Collectors.joining(", "));
    }

    private record Maker(GatewayProcess gateway, String token) {
        ChaosReader reader(TcpProxy proxy, String session, String asked, Set<String> channels) {
            return new ChaosReader(
                    proxy.uri(),
                    session,
                    new StreamWay(),
                    asked,
                    new Book(channels),
                    token,
                    gateway.epoch() + "-0");
        }
    }
}
