/**
 * The Java way to publish: events go in on the pipeline's threads, are encoded there and wait in
 * bounded memory; one background thread sends them in order, in batches, until the gateway has
 * acknowledged them.
 */
package io.tailrace.publisher;
