package io.tailrace.model;

/**
 * What a reader hands back to continue after an entry; the {@code id:} of our server-sent events.
 *
 * <p>Readers treat the text as opaque. Inside are the identity of the log's life and a place in it.
 *
 * @param epoch the life of the log that gave the position; letters and digits only
 * @param position the place of the entry in that log, 0 before the first
 */
public record Cursor(String epoch, long position) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when they cannot be a cursor
     */
    public Cursor {
        boolean fine = !epoch.isEmpty() && epoch.length() <= 32 && position >= 0;
        for (int i = 0; fine && i < epoch.length(); i++) { // not a stream: each event has a cursor
            char c = epoch.charAt(i);
            fine = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        }
        if (!fine) {
            throw new IllegalArgumentException("This is not a cursor.");
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException with a sentence for whoever sent it
     */
    public static Cursor parse(String text) {
        int dash = text.indexOf('-');
        try {
            if (dash > 0 && text.length() <= 64) {
                return new Cursor(
                        text.substring(0, dash), Long.parseLong(text, dash + 1, text.length(), 10));
            }
        } catch (IllegalArgumentException e) {
            // said below, for every way of being wrong
        }
        String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        throw new IllegalArgumentException(
                "'"
                        + shown
                        + "' is not a cursor. Send back the id of an event exactly as it was"
                        + " received.");
    }

    /** The text form, safe in a header, a URL and an SSE field. */
    @Override
    public String toString() {
        return epoch + "-" + position;
    }
}
