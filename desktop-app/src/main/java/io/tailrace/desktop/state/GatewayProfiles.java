package io.tailrace.desktop.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The gateways that were used before, the latest first, in one file. Thread-safe. */
public final class GatewayProfiles {

    private static final int MAX = 20;
    private static final int MAX_BYTES = 256 * 1024;

    private final JsonFile file;
    // guarded by this
    private final List<GatewayProfile> known;

    /**
     * Reads the file, which need not exist yet.
     *
     * @param told what people should know, such as that it was broken
     */
    public GatewayProfiles(Path path, Consumer<String> told) {
        file = new JsonFile(path, MAX_BYTES, told);
        known = new ArrayList<>(file.read().map(GatewayProfiles::read).orElse(List.of()));
    }

    /** All of them, the latest first. */
    public synchronized List<GatewayProfile> all() {
        return List.copyOf(known);
    }

    /** The one of that address. */
    public synchronized Optional<GatewayProfile> find(URI gateway) {
        return known.stream().filter(profile -> profile.gateway().equals(gateway)).findFirst();
    }

    /**
     * Puts a gateway in front.
     *
     * @throws IOException when it could not be kept; it counts until the console ends
     */
    public synchronized void used(GatewayProfile profile) throws IOException {
        if (!known.isEmpty() && known.getFirst().equals(profile)) {
            return;
        }
        known.removeIf(other -> other.gateway().equals(profile.gateway()));
        known.addFirst(profile);
        while (known.size() > MAX) {
            known.removeLast();
        }
        file.write(node());
    }

    private ObjectNode node() {
        ObjectNode root = JsonFile.object();
        ArrayNode list = root.putArray("gateways");
        for (GatewayProfile profile : known) {
            ObjectNode one = list.addObject();
            one.put("gateway", profile.gateway().toString());
            ArrayNode channels = one.putArray("channels");
            profile.channels().forEach(channels::add);
        }
        return root;
    }

    private static List<GatewayProfile> read(JsonNode root) {
        List<GatewayProfile> profiles = new ArrayList<>();
        for (JsonNode one : root.path("gateways")) {
            try {
                URI uri = URI.create(one.path("gateway").asText(""));
                List<String> channels = new ArrayList<>();
                one.path("channels").forEach(channel -> channels.add(channel.asText("")));
                if (uri.getHost() != null && profiles.size() < MAX) {
                    profiles.add(new GatewayProfile(uri, channels));
                }
            } catch (IllegalArgumentException e) {
                // written by hand, or by a version that knows other addresses
            }
        }
        return profiles;
    }
}
