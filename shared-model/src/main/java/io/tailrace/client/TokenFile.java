package io.tailrace.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a token from a file. No message holds what stands in the file. */
final class TokenFile {

    /** A file that is longer is no token's. */
    private static final int LONGEST = 64 * 1024;

    private TokenFile() {}

    static String read(Path file) {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new TokenUnavailableException(
                    "The token's file %s does not exist. Write the token into it, on one line."
                            .formatted(file));
        } catch (IOException e) {
            throw new TokenUnavailableException(
                    "The token's file %s cannot be read (%s). Make it readable for this user."
                            .formatted(file, e.getClass().getSimpleName()));
        }
        String token = text.lines().findFirst().orElse("").strip();
        if (token.isEmpty()) {
            throw new TokenUnavailableException(
                    "The token's file %s is empty. Write the token into it, on one line."
                            .formatted(file));
        }
        return token;
    }
}
