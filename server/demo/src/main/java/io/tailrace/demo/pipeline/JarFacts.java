package io.tailrace.demo.pipeline;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What one reading of a jar's directory and manifest found.
 *
 * @param unreadable why it cannot be read as a zip; then nothing else is known
 * @param sha1 of the whole file
 * @param wantedSha1 what the repository's checksum file says, when there is one
 * @param moduleName by descriptor or manifest
 * @param multiRelease whether the manifest says so
 * @param versioned how many entries lie below META-INF/versions
 * @param signatures the signature files
 * @param duplicates entries that are there twice
 */
record JarFacts(
        @Nullable String unreadable,
        String sha1,
        @Nullable String wantedSha1,
        boolean manifest,
        @Nullable String moduleName,
        boolean multiRelease,
        int versioned,
        List<String> signatures,
        List<String> duplicates) {

    static JarFacts unreadable(String why, String sha1, @Nullable String wantedSha1) {
        return new JarFacts(why, sha1, wantedSha1, false, null, false, 0, List.of(), List.of());
    }
}
