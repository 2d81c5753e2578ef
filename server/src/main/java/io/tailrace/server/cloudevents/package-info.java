/**
 * Takes CloudEvents over HTTP: structured, binary, and in batches. A request's bytes enter on its
 * thread; those that are of our own types become the events they are, any other one a line in the
 * log; they leave to ingest, each stored once by its source and id.
 */
package io.tailrace.server.cloudevents;
