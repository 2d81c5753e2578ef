package io.tailrace.client;

import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.stream.Collectors;

/**
 * What is asked of the gateway in one try.
 *
 * @param uri the session's URL with its parameters
 * @param lastEventId the cursor to continue after
 */
record StreamRequest(URI uri, @Nullable String lastEventId) {

    /**
     * The next request of a connection.
     *
     * @param cursor what it has received up to
     * @param snapshotDue whether it still waits for a snapshot: then it wants one even when it
     *     resumes without a gap
     */
    static StreamRequest of(
            RootConnectionSettings settings, @Nullable Cursor cursor, boolean snapshotDue) {
        StringBuilder path = new StringBuilder("/api/sse/session/");
        path.append(GatewayAddress.encoded(settings.sessionId())).append("?channels=");
        path.append(
                settings.channels().stream()
                        .map(ChannelPattern::toString)
                        .map(GatewayAddress::encoded)
                        .collect(Collectors.joining(",")));
        if (cursor == null && settings.tail() > 0) {
            path.append("&tail=").append(settings.tail());
        }
        if (settings.snapshot()) {
            path.append("&snapshot=true");
            if (cursor != null && snapshotDue) {
                path.append("&snapshot_due=true");
            }
        }
        return new StreamRequest(
                GatewayAddress.at(settings.gateway(), path.toString()),
                cursor == null ? null : cursor.toString());
    }
}
