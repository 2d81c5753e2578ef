package io.tailrace.server.chaos;

import io.tailrace.server.chaos.History.Got;
import io.tailrace.server.chaos.History.Hole;
import io.tailrace.server.chaos.History.Request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the gateway promises one reader, to be held against his history.
 *
 * @param ledger what was published
 * @param grants which channels he might read when
 * @param wishes which channels he asked for when
 * @param revoked when the revocation of a token was answered
 * @param trimmed up to where the log holds no entries of a channel any more
 */
record Promises(
        Ledger ledger,
        Book grants,
        Book wishes,
        Map<String, Long> revoked,
        Map<String, Long> trimmed) {

    /** What is wrong, one sentence each; empty when all promises were kept. */
    List<String> faults(History history) {
        List<String> faults = new ArrayList<>();
        List<Request> requests = history.requests();
        for (Got got : history.entries()) {
            checkTruth(got, faults);
            checkRight(got, requests.get(got.request()), faults);
            checkWish(got, faults);
        }
        checkOrder(history, requests, faults);
        checkGaps(history, requests, faults);
        checkWhole(history, faults);
        return faults;
    }

    private void checkTruth(Got got, List<String> faults) {
        Ledger.Line known = ledger.lines().get(got.position());
        if (!got.line().equals(known)) {
            faults.add("%s came, where the publisher knows %s.".formatted(got, known));
        }
    }

    /**
     * What was stored, or asked for, after a revocation was answered may not come. (What was sent
     * before may still be on its way.)
     */
    private void checkRight(Got got, Request request, List<String> faults) {
        long least = Math.max(ledger.sent(got.line()), request.nanos());
        if (least >= grants.withoutSince(got.line().channel(), got.nanos())) {
            faults.add("%s came without a grant.".formatted(got));
        }
        Long over = revoked.get(request.token());
        if (over != null && least >= over) {
            faults.add("%s came by a token that was revoked.".formatted(got));
        }
    }

    private void checkWish(Got got, List<String> faults) {
        String channel = got.line().channel();
        if (!wishes.change(got.told()).channels().contains(channel)
                && !wishes.later(got.told(), channel, got.nanos())) {
            faults.add("%s came, though its channel is not carried.".formatted(got));
        }
    }

    /**
     * Once and in order, for channels that were carried throughout. A stream that carries others
     * from some moment on sends what is older of them first; its reader, when it is cut off there,
     * asks again for what lies behind.
     */
    private void checkOrder(History history, List<Request> requests, List<String> faults) {
        boolean fixed = wishes.newest() == 0;
        Map<String, Long> before = new HashMap<>();
        int request = -1;
        for (Got got : history.entries()) {
            String channel = got.line().channel();
            if (!wishes.always(channel)) {
                continue;
            }
            if (got.request() != request) {
                before.clear();
                request = got.request();
            }
            long last = before.getOrDefault(fixed ? "" : channel, requests.get(request).after());
            if (got.position() <= last) {
                faults.add("%s came twice or after position %d.".formatted(got, last));
            }
            before.put(fixed ? "" : channel, got.position());
        }
    }

    private void checkGaps(History history, List<Request> requests, List<String> faults) {
        for (Hole hole : history.holes()) {
            if (hole.to() > trimmed.getOrDefault(hole.channel(), 0L)) {
                faults.add("%s was told, but the log is not trimmed that far.".formatted(hole));
            }
            long since = grants.withoutSince(hole.channel(), hole.nanos());
            if (requests.get(hole.request()).nanos() >= since) {
                faults.add("%s was told without a grant.".formatted(hole));
            }
        }
    }

    private void checkWhole(History history, List<String> faults) {
        Set<Long> came = new HashSet<>();
        history.entries().forEach(got -> came.add(got.position()));
        List<Hole> holes = history.holes();
        ledger.lines()
                .forEach((position, line) -> {
                    if (!came.contains(position)
                            && holes.stream().noneMatch(h -> h.covers(line.channel(), position))
                            && owed(history, position, line)) {
                        faults.add("%s at %d did not come.".formatted(line, position));
                    }
                });
    }

    /** Whether the entry must come, sooner or later. */
    boolean owed(History history, long position, Ledger.Line line) {
        OptionalInt granted = grants.with(line.channel());
        OptionalInt wished = wishes.with(line.channel());
        if (granted.isEmpty() || wished.isEmpty()) {
            return false;
        }
        long may = grants.change(granted.getAsInt()).answered();
        Book.Change wish = wishes.change(wished.getAsInt());
        long since = Math.max(may, wish.answered());
        boolean asked =
                history.requests().stream()
                        .anyMatch(r -> r.nanos() >= since && position > r.after());
        boolean added =
                may == Book.EVER
                        && history.wasTold(wished.getAsInt())
                        && (position > wish.after() || ledger.sent(line) >= wish.answered());
        return since == Book.EVER || asked || added;
    }
}
