/**
 * The way from the wire to the screen: the root connection's reader thread puts items into a
 * bounded inbox, and once per pulse one pump hands a batch of them to the FX thread. Nothing else
 * in the console hops between threads.
 */
package io.tailrace.desktop.connection;
