package io.tailrace.server.eventlog;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What notes that come with appends were before, so that those of a failed append can be taken back
 * together with its entries. Used by the writer whose turn it is.
 */
final class NoteBook {

    private final Map<String, Optional<byte[]>> acknowledged = new HashMap<>();

    /** Adds notes to an append that may fail. */
    void stage(RocksStore store, WriteBatch batch, Map<String, byte[]> notes)
            throws RocksDBException {
        for (String name : notes.keySet()) {
            if (!acknowledged.containsKey(name)) {
                acknowledged.put(name, StoreMeta.note(store, name));
            }
        }
        StoreMeta.putNotes(store, batch, notes);
    }

    /** The append is stored. */
    void adopt(Map<String, byte[]> notes) {
        notes.forEach((name, value) -> acknowledged.put(name, Optional.of(value)));
    }

    /** A note was stored by itself. */
    void stored(String name, byte[] value) {
        acknowledged.computeIfPresent(name, (same, before) -> Optional.of(value));
    }

    /** Puts back what was acknowledged, whatever a failed append left. */
    void undo(RocksStore store, WriteBatch batch) throws RocksDBException {
        for (var note : acknowledged.entrySet()) {
            if (note.getValue().isPresent()) {
                StoreMeta.putNotes(store, batch, Map.of(note.getKey(), note.getValue().get()));
            } else {
                StoreMeta.removeNote(store, batch, note.getKey());
            }
        }
    }
}
