package io.tailrace.server;

import java.util.Objects;

/** Which Tailrace this is. */
final class Version {

    /** As the build wrote it into the archive; {@code development} when there is none. */
    static final String CURRENT =
            Objects.requireNonNullElse(
                    Version.class.getPackage().getImplementationVersion(), "development");

    private Version() {}
}
