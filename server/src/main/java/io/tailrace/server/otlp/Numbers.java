package io.tailrace.server.otlp;

import java.util.Arrays;

/** A list of numbers that grows. Confined to one thread. */
final class Numbers {

    private double[] values = new double[16];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    double get(int index) {
        return values[index];
    }
}
