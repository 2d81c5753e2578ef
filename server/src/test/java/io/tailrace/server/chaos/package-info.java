/**
 * What networks do to connections, on purpose: a TCP proxy that cuts, stalls, delays and loses what
 * passes between a client and the gateway.
 */
package io.tailrace.server.chaos;
