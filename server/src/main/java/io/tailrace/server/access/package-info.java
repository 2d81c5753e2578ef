/**
 * Who asks, and what he may do: tokens and JWTs become a {@link Caller}, grants decide what he may
 * do, and both may change at any time. Every handler asks here before it takes, shows or changes
 * anything, and streams ask again for every entry they send. Also the certificate for https.
 */
package io.tailrace.server.access;
