package io.tailrace.server.openlineage;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Tells one event from another: equal for an event that is sent again, however it is packed then.
 * It covers the run's id, the type, the time and all else that is kept, and the size of what is
 * not.
 */
final class Fingerprint {

    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    /** 43 letters, digits, {@code -} and {@code _}. */
    static String of(Document document) {
        try {
            var print = new Fingerprint(MessageDigest.getInstance("SHA-256"));
            print.value(document.members());
            print.text(document.cut().toString());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(print.digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case Map<?, ?> object -> {
                digest.update((byte) '{');
                object.forEach((name, its) -> {
                    text(String.valueOf(name));
                    value(its);
                });
                digest.update((byte) '}');
            }
            case List<?> list -> {
                digest.update((byte) '[');
                list.forEach(this::value);
                digest.update((byte) ']');
            }
            case null, default -> text(String.valueOf(value));
        }
    }

    private void text(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
