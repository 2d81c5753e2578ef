package io.tailrace.server.listener;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.tailrace.server.listener.Connection.Phase;

/** Notes on the connection that a request is being handled. Keeps no state. */
final class PhaseFilter implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!Connections.CURRENT.isBound()) {
            chain.proceed();
            return;
        }
        Connection connection = Connections.CURRENT.get();
        var headers = request.headers();
        boolean body =
                headers.contains(HeaderNames.CONTENT_LENGTH)
                        || headers.contains(HeaderNames.TRANSFER_ENCODING);
        connection.enter(body ? Phase.BODY : Phase.BUSY);
        try {
            chain.proceed();
        } finally {
            connection.enter(Phase.IDLE);
        }
    }
}
