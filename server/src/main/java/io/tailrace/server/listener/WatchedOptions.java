package io.tailrace.server.listener;

import io.helidon.common.socket.SocketOptions;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Socket options that also say which sockets they are set on: the only place where the web server
 * shows the channel of an accepted connection. Has the system look now and then whether the other
 * side is still there, for publishers that are silent for hours.
 */
record WatchedOptions(SocketOptions options, Consumer<SocketChannel> accepted)
        implements SocketOptions {

    private static final Map<SocketOption<Integer>, Integer> KEEP_ALIVE =
            Map.of(
                    ExtendedSocketOptions.TCP_KEEPIDLE,
                    60,
                    ExtendedSocketOptions.TCP_KEEPINTERVAL,
                    15,
                    ExtendedSocketOptions.TCP_KEEPCOUNT,
                    4);

    @Override
    public void configureSocket(SocketChannel socket) {
        options.configureSocket(socket);
        KEEP_ALIVE.forEach((option, seconds) -> set(socket, option, seconds));
        accepted.accept(socket);
    }

    private static void set(SocketChannel socket, SocketOption<Integer> option, int value) {
        try {
            if (socket.supportedOptions().contains(option)) {
                socket.setOption(option, value);
            }
        } catch (IOException e) {
            // the system's own times hold then
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
