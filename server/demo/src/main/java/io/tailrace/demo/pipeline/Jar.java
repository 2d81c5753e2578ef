package io.tailrace.demo.pipeline;

import java.nio.file.Path;

/**
 * A jar of the repository.
 *
 * @param path where it is
 * @param name its path within the repository, for people
 * @param size in bytes
 */
record Jar(Path path, String name, long size) {

    /** The file's name alone. */
    String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
