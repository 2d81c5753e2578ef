/**
 * Who asks, and what he may do. Every handler asks here before it takes, shows or changes anything,
 * and streams ask again for every entry they send.
 */
package io.tailrace.server.access;
