package io.tailrace.server.redaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds which rules are worth a search, in one quick pass over bytes. Immutable.
 *
 * <p>Of every literal the three neighbouring letters are chosen that are rarest in text. One of the
 * two pairs in them begins at an even place, so every second pair is looked up in a table; what is
 * found there is compared in full when the third letter stands beside it.
 */
final class Triggers {

    /** Stands for an address with a user in it: {@code ://} and an {@code @} before it ends. */
    static final String URL = "://";

    // The same where slashes are escaped in JSON, and where that stands in a JSON string.
    private static final List<String> URLS_IN_JSON = List.of(":\\/\\/", ":\\\\/\\\\/");
    private static final int LONGEST_USER = 1_300;
    private static final VarHandle PAIR =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    // From the most common in logs on; others are rare.
    private static final String COMMON = " e0ta1o:in2sr/hld.-c3_u4mfpgw56789ybvk";

    private final byte[] buckets =
            new byte[1 << 16]; // by pair: 0, or a place in candidates, from 1
    private final List<List<Candidate>> lists = new ArrayList<>();
    private final Bucket[] candidates;

    /**
     * A literal to compare.
     *
     * @param literal in lower case
     * @param before how many of its bytes stand before the pair
     * @param first whether the third letter stands behind the pair, not before it
     * @param url whether a user must follow
     * @param rules a bit for each rule that needs it
     */
    private record Candidate(byte[] literal, int before, boolean first, boolean url, long rules) {

        /** A bit for the third letter, large or small. */
        long third() {
            long bits = 0;
            for (int letter : cases(literal[first ? before + 2 : before - 1])) {
                bits |= 1L << letter;
            }
            return bits;
        }
    }

    /**
     * What a pair may belong to.
     *
     * @param behind a bit for each letter of which one must stand behind the pair
     * @param before a bit for each letter of which one must stand before it, if none does behind
     */
    private record Bucket(Candidate[] all, long behind, long before) {

        static Bucket of(List<Candidate> all) {
            long behind = 0;
            long before = 0;
            for (Candidate each : all) {
                behind |= each.first ? each.third() : 0;
                before |= each.first ? 0 : each.third();
            }
            return new Bucket(all.toArray(new Candidate[0]), behind, before);
        }
    }

    Triggers() {
        candidates = new Bucket[0];
    }

    private Triggers(Triggers open) {
        System.arraycopy(open.buckets, 0, buckets, 0, buckets.length);
        candidates = open.lists.stream().map(Bucket::of).toArray(Bucket[]::new);
    }

    /** The literals of rules, which are known by their place in the list. */
    static Triggers of(List<RedactionRule> rules) {
        Triggers open = new Triggers();
        for (int i = 0; i < rules.size(); i++) {
            for (String literal : rules.get(i).literals()) {
                open.add(literal.toLowerCase(Locale.ROOT), 1L << i);
                if (literal.equals(URL)) {
                    for (String escaped : URLS_IN_JSON) {
                        open.add(escaped, 1L << i);
                    }
                }
            }
        }
        return new Triggers(open);
    }

    /** The same, and a further literal that stands for all rules. */
    Triggers and(String literal) {
        Triggers open = new Triggers();
        System.arraycopy(buckets, 0, open.buckets, 0, buckets.length);
        for (Bucket bucket : candidates) {
            open.lists.add(new ArrayList<>(List.of(bucket.all())));
        }
        open.add(literal, -1L);
        return new Triggers(open);
    }

    private void add(String literal, long rules) {
        byte[] bytes = literal.getBytes(StandardCharsets.ISO_8859_1);
        boolean url = literal.equals(URL) || URLS_IN_JSON.contains(literal);
        int anchor = rarest(literal);
        for (int at = anchor; at < anchor + 2; at++) {
            for (int first : cases(bytes[at])) {
                for (int second : cases(bytes[at + 1])) {
                    put(first << 8 | second, new Candidate(bytes, at, at == anchor, url, rules));
                }
            }
        }
    }

    private void put(int pair, Candidate candidate) {
        if (buckets[pair] == 0) {
            lists.add(new ArrayList<>());
            if (lists.size() > 255) {
                throw new IllegalArgumentException("There are too many redaction rules.");
            }
            buckets[pair] = (byte) lists.size();
        }
        lists.get((buckets[pair] & 0xff) - 1).add(candidate);
    }

    private static int[] cases(byte b) {
        return b >= 'a' && b <= 'z' ? new int[] {b, b - 32} : new int[] {b};
    }

    private static int rarest(String literal) {
        int best = 0;
        for (int i = 1; i + 3 <= literal.length(); i++) {
            best = weight(literal, i) < weight(literal, best) ? i : best;
        }
        return best;
    }

    /** How often both pairs at that place are to be expected, roughly. */
    private static int weight(String literal, int at) {
        int middle = common(literal.charAt(at + 1));
        return middle * (common(literal.charAt(at)) + common(literal.charAt(at + 2)));
    }

    private static int common(char c) {
        int rank = COMMON.indexOf(c);
        return rank < 0 ? 3 : 3 * (COMMON.length() - rank);
    }

    /** The rules that may find something: a bit each, by their place. */
    long scan(byte[] bytes, int offset, int length) {
        long found = 0;
        int last = offset + length - 2;
        for (int i = offset; i <= last; i += 2) {
            int bucket = buckets[(short) PAIR.get(bytes, i) & 0xffff];
            if (bucket != 0) {
                found |=
                        compare(candidates[(bucket & 0xff) - 1], bytes, i, offset, offset + length);
            }
        }
        return found;
    }

    private static long compare(Bucket bucket, byte[] bytes, int at, int from, int to) {
        boolean worth =
                (at + 2 < to && (bucket.behind & (1L << bytes[at + 2])) != 0)
                        || (at > from && (bucket.before & (1L << bytes[at - 1])) != 0);
        if (!worth) {
            return 0;
        }
        long found = 0;
        for (Candidate candidate : bucket.all) {
            int begin = at - candidate.before;
            if (begin >= from
                    && begin + candidate.literal.length <= to
                    && same(candidate, bytes, begin)) {
                if (!candidate.url || hasUser(bytes, begin + candidate.literal.length, to)) {
                    found |= candidate.rules;
                }
            }
        }
        return found;
    }

    private static boolean same(Candidate candidate, byte[] bytes, int begin) {
        byte[] literal = candidate.literal;
        for (int i = 0; i < literal.length; i++) {
            byte b = bytes[begin + i];
            int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
            if (lower != literal[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasUser(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + LONGEST_USER);
        for (int i = from; i < end; i++) {
            int b = bytes[i];
            if (b == '@') {
                return true;
            }
            if ((b <= ' ' && b >= 0) || "/\"?#<>".indexOf(b) >= 0) {
                return false;
            }
        }
        return false;
    }
}
