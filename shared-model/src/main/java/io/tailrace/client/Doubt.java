package io.tailrace.client;

/** What an ending says about the way to the gateway: each is what a proxy in between may do. */
enum Doubt {
    /** Nothing. */
    NONE(Integer.MAX_VALUE, ""),
    /**
     * The stream is open but its first bytes do not come, though the gateway sends them at once.
     */
    LATE(1, "the stream arrives late: a proxy buffers it"),
    /** Something that is no event stream came back. */
    FOREIGN(1, "something that is no event stream comes back: a proxy answers instead"),
    /** The stream was cut before its first frame. */
    CUT(3, "streams are cut at once: a proxy does not let them pass"),
    /** An answer of 5xx. */
    FAILED(3, "streams are answered with errors, other requests are not"),
    /** An open stream fell silent. */
    SILENT(2, "streams fall silent: a proxy buffers them or lost them");

    private final int enough;
    private final String words;

    Doubt(int enough, String words) {
        this.enough = enough;
        this.words = words;
    }

    /** How many in a row are reason enough to try another way. */
    int enough() {
        return enough;
    }

    /** What it looks like, the end of a sentence. */
    String words() {
        return words;
    }
}
