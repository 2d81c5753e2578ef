package io.tailrace.server.stream;

import io.helidon.common.GenericType;
import io.helidon.common.media.type.MediaType;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http.spi.Sink;
import io.helidon.webserver.http.spi.SinkProvider;
import io.helidon.webserver.http.spi.SinkProviderContext;

import java.util.function.BiConsumer;

/** Makes {@link SocketWire}s; the server finds it by itself. */
public final class SocketWires implements SinkProvider<byte[]> {

    /** For the server. */
    public SocketWires() {}

    @Override
    public boolean supports(GenericType<? extends Sink<?>> type, ServerRequest request) {
        return type.equals(SocketWire.TYPE) && fits(request);
    }

    /** Whether the body of the answer may be written by hand. */
    static boolean fits(ServerRequest request) {
        return request.prologue().protocolVersion().equals("1.1");
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the interface is so
    public <X extends Sink<byte[]>> X create(SinkProviderContext context) {
        return (X) new SocketWire(context);
    }

    /** The way of older servers. */
    @SuppressWarnings({"removal", "TypeParameterUnusedInFormals"}) // it has no default
    @Override
    public <X extends Sink<byte[]>> X create(
            ServerResponse response, BiConsumer<Object, MediaType> writer, Runnable closed) {
        throw new UnsupportedOperationException("The connection is needed to write to it.");
    }
}
