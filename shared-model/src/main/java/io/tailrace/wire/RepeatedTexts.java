package io.tailrace.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Names of members, and the short texts that they had last: one object after the other has the same
 * names, and mostly the same run and the same level. ASCII only. Confined to one thread.
 */
final class RepeatedTexts {

    private static final int PLACES = 64;
    private static final int LONGEST = 64;

    // By a hash of the name; of two with the same one the later drives out the earlier.
    private final @Nullable Member[] members = new @Nullable Member[PLACES];

    /** What is known of that name. */
    Member member(byte[] bytes, int offset, int length, int hash) {
        int place = (hash ^ (hash >>> 6) ^ (hash >>> 12)) & (PLACES - 1);
        Member member = members[place];
        if (member == null || !same(member.bytes, bytes, offset, length)) {
            member = new Member(Arrays.copyOfRange(bytes, offset, offset + length));
            members[place] = member;
        }
        return member;
    }

    private static boolean same(byte[] known, byte[] bytes, int offset, int length) {
        return known.length == length
                && Arrays.equals(known, 0, length, bytes, offset, offset + length);
    }

    /** A name, and the text it had last. */
    static final class Member {

        final String name;
        private final byte[] bytes;
        private byte[] last = new byte[0];
        private String text = "";

        private Member(byte[] bytes) {
            this.bytes = bytes;
            this.name = new String(bytes, ISO_8859_1);
        }

        /** Its text in these bytes. */
        String text(byte[] from, int offset, int length) {
            if (length > LONGEST) {
                return new String(from, offset, length, ISO_8859_1);
            }
            if (!same(last, from, offset, length)) {
                last = Arrays.copyOfRange(from, offset, offset + length);
                text = new String(last, ISO_8859_1);
            }
            return text;
        }
    }
}
