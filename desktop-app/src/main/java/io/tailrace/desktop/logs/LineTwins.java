package io.tailrace.desktop.logs;

/** Finds what a store has already under another number. Writer. */
final class LineTwins {

    private final LogStore store;
    private final LineKey keys;

    LineTwins(LogStore store, LineKey keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Whether the line came before an older copy of the log took its place. */
    boolean held(NewLine line) {
        long key = keys.copied(line.key()) ? keys.before(line.key(), line.key()) : -1;
        while (key >= 0) {
            NewLine there = store.at(key);
            if (there != null && there.says(line)) {
                return true;
            }
            key = keys.before(line.key(), key);
        }
        return false;
    }

    /** Adds a notice behind a line, and behind other notices there; the same one only once. */
    void addNotice(long behind, byte[] text, LineContext context, long time) {
        NewLine notice = new NewLine(behind + 1, text, context, time);
        NewLine there = store.at(notice.key());
        while (there != null && notice.key() < behind + LineKey.NOTICES) {
            if (there.says(notice)) {
                return;
            }
            notice = new NewLine(notice.key() + 1, text, context, time);
            there = store.at(notice.key());
        }
        store.add(notice);
    }
}
