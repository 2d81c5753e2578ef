package io.tailrace.server.otlp;

/**
 * The buckets of an exponential histogram: number {@code i} holds what lies between {@code base^i}
 * and {@code base^(i+1)}, where the base is {@code 2^(2^-scale)}. Confined to one thread.
 */
final class ExponentialBuckets {

    final Numbers positive = new Numbers();
    final Numbers negative = new Numbers();
    int scale;
    long zeros;
    long positiveOffset;
    long negativeOffset;

    /** Where the bucket with that number begins; may be 0 or infinite. */
    double bound(double number) {
        return Math.pow(2, number * Math.pow(2, -scale));
    }
}
