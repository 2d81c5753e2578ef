package io.tailrace.desktop.shell;

import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.desktop.keys.KeyTable;

import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableIntegerValue;
import javafx.beans.value.ObservableValue;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a window shows: one gateway's console.
 *
 * @param panes what is arranged
 * @param connection for the status bar
 * @param headline about the run that was chosen, null when none is
 * @param letters what the gateway could not take
 * @param keys the keys of the panes
 * @param alerts how many alerts nobody has looked at
 * @param places the gateways that are known, and where tokens are kept
 * @param notice something to tell that is not about the connection; empty for nothing
 */
public record Content(
        Panes panes,
        ConnectionModel connection,
        ObservableValue<@Nullable Headline> headline,
        Drawer letters,
        List<KeyTable> keys,
        ObservableIntegerValue alerts,
        Places places,
        StringProperty notice) {

    /** Copies the list. */
    public Content {
        keys = List.copyOf(keys);
    }
}
