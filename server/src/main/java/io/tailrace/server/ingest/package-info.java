/**
 * Takes events in over HTTP. Bytes enter on the request's thread, are split into lines and decoded
 * there; events leave to the broker, which says when they are durable.
 */
package io.tailrace.server.ingest;
