package io.tailrace.demo.pipeline;

/**
 * What one class file says about itself.
 *
 * @param entry where it lies in the jar
 * @param name its own name, with dots
 * @param major its class-file version: 52 is Java 8, 61 is Java 17
 * @param bytes its size, unpacked
 * @param methods how many methods it has
 * @param texts how many text constants it has
 */
record ClassFacts(String entry, String name, int major, int bytes, int methods, int texts) {

    /** The package's name. */
    String packageName() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }

    /** Whether it belongs to the jar's base, not to a version of a multi-release jar. */
    boolean base() {
        return !entry.startsWith("META-INF/") && !entry.endsWith("module-info.class");
    }
}
