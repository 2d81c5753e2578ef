package io.tailrace.server.otlp;

/**
 * What one request may bring.
 *
 * @param record the largest record or span, in bytes
 * @param body the largest body, also when unzipped, in bytes
 */
public record OtlpLimits(int record, int body) {}
