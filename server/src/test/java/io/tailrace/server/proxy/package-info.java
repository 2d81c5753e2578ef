/**
 * A gateway behind nginx, with the configuration that the installers give. Runs when asked for:
 * {@code -Dtailrace.nginx=/usr/sbin/nginx}.
 */
package io.tailrace.server.proxy;
