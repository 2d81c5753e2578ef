package io.tailrace.server;

import io.helidon.logging.common.LogConfig;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import java.util.List;

/** Starts the gateway from the command line. */
public final class Main {

    private Main() {}

    /** Ends with 2 when a setting is wrong and with 1 when the gateway cannot start. */
    @SuppressWarnings("SystemOut") // what a command says to whoever started it
    public static void main(String[] args) {
        quietLibraries();
        LogConfig.configureRuntime();
        if (List.of(args).contains("--help")) {
            System.out.print(Settings.help());
            return;
        }
        try {
            Settings settings = Settings.load(args, System.getenv());
            Gateway gateway = Gateway.start(settings);
            Shutdown.closes(gateway::close, settings.ops());
            System.err.println("Tailrace listens on " + gateway.address() + ".");
        } catch (SettingsException | StartException e) {
            System.err.println(e.getMessage());
            System.exit(e instanceof SettingsException ? 2 : 1);
        }
    }

    /** A library may look for SLF4J; that none is there to log to is nothing to warn about. */
    private static void quietLibraries() {
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }
}
