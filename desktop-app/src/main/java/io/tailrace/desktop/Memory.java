package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.state.EventCache;
import io.tailrace.desktop.state.GatewayProfile;
import io.tailrace.desktop.state.GatewayProfiles;
import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.ViewFile;
import io.tailrace.desktop.state.ViewState;
import io.tailrace.desktop.state.WindowState;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that outlives the console: the window, the gateways, how each was looked at and what
 * was received of it. Each second what changed is written, so that a crash costs a second of it.
 * Thread-safe.
 */
final class Memory {

    private final Path config;
    private final StateFile window;
    private final GatewayProfiles profiles;
    private final Path gateways;
    private final Failures failures;
    // guarded by this
    private @Nullable Snapshot latest;
    private @Nullable Snapshot written;
    private boolean complained;

    /** How everything was at one moment. */
    private record Snapshot(WindowState window, URI gateway, ViewState view) {}

    /**
     * A memory.
     *
     * @param config the folder for settings
     * @param gateways the folder for what belongs to each gateway
     */
    Memory(Path config, Path gateways, Failures failures) {
        this.config = config;
        this.window = new StateFile(config.resolve("console.json"), failures::tell);
        this.profiles = new GatewayProfiles(config.resolve("gateways.json"), failures::tell);
        this.gateways = gateways;
        this.failures = failures;
    }

    /** The user's own, where this system keeps such things. */
    static Memory ofUser(Failures failures) {
        return new Memory(StateFile.configFolder(), StateFile.gatewaysFolder(), failures);
    }

    /** Bookmarks, filters and lines of the log, beside the rest. */
    LogNotes notes() {
        return new LogNotes(config, gateways);
    }

    WindowState window() {
        return window.load();
    }

    /** How a gateway was looked at. */
    ViewState view(URI gateway) {
        return viewFile(gateway).load();
    }

    /** The gateways that were used before, the latest first. */
    List<URI> gateways() {
        return profiles.all().stream().map(GatewayProfile::gateway).toList();
    }

    /** What was received of a gateway the last time: patterns; none when that is not known. */
    List<String> channels(URI gateway) {
        return profiles.find(gateway).map(GatewayProfile::channels).orElse(List.of());
    }

    /** Opens what was received of a gateway; blocks. */
    Supplier<Optional<EventCache>> events(URI gateway) {
        Path folder = folder(gateway).resolve("events");
        return () -> EventCache.open(folder, EventCache.MAX_BYTES, failures::tell);
    }

    /** A gateway is in use, with these channels. */
    void uses(URI gateway, List<String> channels) {
        try {
            profiles.used(new GatewayProfile(gateway, channels));
        } catch (IOException e) {
            complain(e);
        }
    }

    /** Notes how everything is now; {@link #write} brings it to disk. */
    synchronized void note(WindowState now, URI gateway, ViewState view) {
        latest = new Snapshot(now, gateway, view);
    }

    /** Writes what was noted, if it changed. Blocks. */
    synchronized void write() {
        Snapshot now = latest;
        if (now == null || now.equals(written)) {
            return;
        }
        try {
            window.save(now.window());
            viewFile(now.gateway()).save(now.view());
            written = now;
        } catch (IOException e) {
            complain(e);
        }
    }

    private synchronized void complain(IOException cause) {
        if (!complained) {
            complained = true; // once: it will not be better in a second
            failures.report(text("console.failure.layout"), cause);
        }
    }

    private ViewFile viewFile(URI gateway) {
        return new ViewFile(folder(gateway).resolve("view.json"), failures::tell);
    }

    private Path folder(URI gateway) {
        return gateways.resolve(GatewayProfile.folderName(gateway));
    }
}
