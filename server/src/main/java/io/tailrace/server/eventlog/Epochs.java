package io.tailrace.server.eventlog;

import java.security.SecureRandom;

/** Gives every new log an identity: random letters and digits that no two logs share. */
final class Epochs {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Epochs() {}

    static String next() {
        StringBuilder epoch = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            epoch.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return epoch.toString();
    }
}
