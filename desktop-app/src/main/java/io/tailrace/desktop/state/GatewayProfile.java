package io.tailrace.desktop.state;

import java.net.URI;
import java.util.List;

/**
 * A gateway that was used before.
 *
 * @param gateway its address
 * @param channels what was received of it: patterns
 */
public record GatewayProfile(URI gateway, List<String> channels) {

    /** Copies the list. */
    public GatewayProfile {
        channels = List.copyOf(channels);
    }

    /** The name of the folder for what belongs to that gateway: letters, digits, '-' and '_'. */
    public static String folderName(URI gateway) {
        String readable =
                (gateway.getAuthority() + gateway.getPath()).replaceAll("[^A-Za-z0-9.-]", "_");
        String cut = readable.substring(0, Math.min(60, readable.length()));
        return cut + "-" + Integer.toHexString(gateway.toString().hashCode());
    }
}
