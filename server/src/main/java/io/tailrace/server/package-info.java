/**
 * Puts the gateway together: settings in, a running server out. {@link io.tailrace.server.Gateway}
 * reads as the architecture, {@link io.tailrace.server.Routes} has every URL.
 */
package io.tailrace.server;
