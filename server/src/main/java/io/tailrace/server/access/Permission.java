package io.tailrace.server.access;

import java.util.Locale;

/** What somebody may do with a channel. */
public enum Permission {
    /** See its entries: on streams, pages, in searches, in answers. */
    SUBSCRIBE,
    /** Add entries. */
    PUBLISH,
    /** Change runs of the workflow: on channels such as {@code commands:acme:etl}. */
    COMMAND,
    /** See and change how the gateway runs; on any channel. */
    ADMIN;

    /** The word in grants and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
