/**
 * What somebody should look at: failures and alerts, newest first. Entries and snapshots enter, the
 * wish to open an entry leaves. FX thread only; the model needs no toolkit.
 */
package io.tailrace.desktop.alerts;
