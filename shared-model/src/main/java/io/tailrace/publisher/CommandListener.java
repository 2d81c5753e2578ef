package io.tailrace.publisher;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.tailrace.client.ConnectionState;
import io.tailrace.client.RootConnection;
import io.tailrace.client.RootConnectionSettings;
import io.tailrace.client.StreamItem;
import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Event;

import java.util.List;
import java.util.UUID;

/**
 * Receives the commands for one workflow from now on, hands each to a handler once, and sees that
 * each is answered. Reconnects and catches up by itself until closed.
 */
public final class CommandListener implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CommandListener.class.getName());

    private final Publisher publisher;
    private final Channel runs;
    private final CommandHandler handler;
    private final RootConnection connection;

    private boolean troubled; // the connection's thread only

    CommandListener(
            Publisher publisher, String workspace, String workflow, CommandHandler handler) {
        this.publisher = publisher;
        this.runs = Channel.runs(workspace, workflow);
        this.handler = handler;
        Channel commands = Channel.commands(workspace, workflow);
        this.connection =
                new RootConnection(
                        RootConnectionSettings.of(
                                        publisher.settings().gateway(),
                                        UUID.randomUUID().toString(),
                                        List.of(ChannelPattern.parse(commands.name())))
                                .withAccess(publisher.settings().access()),
                        this::receive);
        connection.start();
    }

    /** No further commands are received. */
    @Override
    public void close() {
        connection.close();
    }

    private void receive(StreamItem item) {
        switch (item) {
            case StreamItem.Received received -> {
                if (received.entry().event() instanceof Event.Command command) {
                    obey(new ReceivedCommand(publisher, runs, command));
                }
            }
            case StreamItem.Told told -> {
                if (told.control() instanceof Event.Gap) {
                    LOG.log(WARNING, "Commands may have been missed: {0}", told.control());
                }
            }
            case StreamItem.Changed changed -> changed(changed.state());
            case StreamItem.Warned _ -> {} // the publisher says the same
            case StreamItem.Unreadable unreadable ->
                    LOG.log(WARNING, "A command could not be read: {0}", unreadable.reason());
        }
    }

    private void obey(ReceivedCommand command) {
        try {
            handler.handle(command);
        } catch (RuntimeException e) {
            LOG.log(WARNING, "The handler of commands failed.", e);
            if (!command.answered()) {
                command.refuse("The pipeline failed to obey: " + Scope.sentence(e));
            }
        }
        if (!command.answered()) {
            command.refuse("The pipeline does not know this command.");
        }
    }

    private void changed(ConnectionState state) {
        switch (state) {
            case ConnectionState.Connecting _ -> {}
            case ConnectionState.Connected _, ConnectionState.Polling _ -> {
                if (troubled) {
                    troubled = false;
                    LOG.log(INFO, "Commands are received again.");
                }
            }
            case ConnectionState.Waiting waiting -> {
                if (!troubled) {
                    troubled = true;
                    LOG.log(WARNING, "No commands are received for now: {0}", waiting.reason());
                }
            }
            case ConnectionState.Stopped stopped ->
                    LOG.log(WARNING, "No commands will be received: {0}", stopped.reason());
        }
    }
}
