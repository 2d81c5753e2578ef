/**
 * A gateway behind nginx, with the configuration that the installers give. Needs nginx, so it runs
 * when asked for by name: {@code -Dtest=NginxProof}.
 */
package io.tailrace.server.proxy;
