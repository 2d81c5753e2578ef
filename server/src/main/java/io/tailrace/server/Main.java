package io.tailrace.server;

import io.helidon.logging.common.LogConfig;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import java.time.Clock;
import java.util.List;

/** Starts the gateway from the command line, or does what its sub-command says. */
public final class Main {

    private Main() {}

    /** Ends with 2 when a setting is wrong and with 1 when the gateway cannot start. */
    @SuppressWarnings("SystemOut") // what a command says to whoever started it
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("token")) {
            var command =
                    new TokenCommand(System.getenv(), System.out, System.err, Clock.systemUTC());
            System.exit(command.run(List.of(args).subList(1, args.length)));
        }
        LogConfig.configureRuntime();
        if (List.of(args).contains("--help")) {
            System.out.print(Settings.help());
            return;
        }
        try {
            Gateway gateway = Gateway.start(Settings.load(args, System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "shutdown"));
            System.err.println("Tailrace listens on " + gateway.address() + ".");
            gateway.warning().ifPresent(System.err::println);
        } catch (SettingsException | StartException e) {
            System.err.println(e.getMessage());
            System.exit(e instanceof SettingsException ? 2 : 1);
        }
    }
}
