/**
 * Takes what OpenTelemetry sends over HTTP. A request's bytes enter on its thread, in either
 * encoding, become log, metric and task events, and leave to ingest, which says when they are
 * durable.
 */
package io.tailrace.server.otlp;
