package io.tailrace.server.eventlog;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.util.HashMap;
import java.util.Map;

/**
 * What notes that come with appends were before, so that those of a failed append can be taken back
 * together with its entries. Used by the writer whose turn it is.
 */
final class NoteBook {

    private static final byte[] NONE = {};

    // By name; empty where there is none.
    private final Map<String, byte[]> acknowledged = new HashMap<>();

    /** Adds notes to an append that may fail. */
    void stage(RocksStore store, WriteBatch batch, Map<String, byte[]> notes)
            throws RocksDBException {
        for (String name : notes.keySet()) {
            if (!acknowledged.containsKey(name)) {
                acknowledged.put(name, StoreMeta.note(store, name).orElse(NONE));
            }
        }
        StoreMeta.putNotes(store, batch, notes);
    }

    /** The append is stored. */
    void adopt(Map<String, byte[]> notes) {
        notes.forEach((name, value) -> {
            if (value.length == 0) {
                acknowledged.remove(name);
            } else {
                acknowledged.put(name, value);
            }
        });
    }

    /** Notes were stored by themselves. */
    void stored(Map<String, byte[]> notes) {
        notes.forEach((name, value) -> acknowledged.computeIfPresent(name, (_, _) -> value));
    }

    /** Puts back what was acknowledged, whatever a failed append left. */
    void undo(RocksStore store, WriteBatch batch) throws RocksDBException {
        StoreMeta.putNotes(store, batch, acknowledged);
    }
}
