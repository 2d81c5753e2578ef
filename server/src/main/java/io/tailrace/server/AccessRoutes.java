package io.tailrace.server;

import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.server.access.AccessAdmin;
import io.tailrace.server.access.Caller;
import io.tailrace.server.http.Answers;
import io.tailrace.server.ingest.BodySource;

/**
 * The URLs under {@code /api/access}, for admins.
 *
 * @param access does the work
 */
record AccessRoutes(AccessAdmin access) {

    void apply(HttpRouting.Builder routing) {
        Routes.reading(routing, "/api/access/grants", admin(this::grants));
        String principal = "/api/access/grants/{principal}";
        routing.delete(principal, admin(this::removeGrants));
        Routes.on(routing, principal, "PUT", admin(this::setGrants), "PUT, DELETE");

        String tokens = "/api/access/tokens";
        routing.get(tokens, admin(this::tokens));
        Routes.on(routing, tokens, "POST", admin(this::createToken), "GET, POST");
        Routes.on(routing, tokens + "/{id}", "DELETE", admin(this::revokeToken));
    }

    private static Handler admin(Handler handler) {
        return Routes.admin(handler);
    }

    private void grants(ServerRequest request, ServerResponse response) {
        Answers.json(request, response, access.grants());
    }

    private void setGrants(ServerRequest request, ServerResponse response) {
        String principal = request.path().pathParameters().get("principal");
        Answers.json(
                request,
                response,
                access.setGrants(Caller.of(request), principal, BodySource.small(request)));
    }

    private void removeGrants(ServerRequest request, ServerResponse response) {
        access.removeGrants(Caller.of(request), request.path().pathParameters().get("principal"));
        response.status(Status.NO_CONTENT_204).send();
    }

    private void tokens(ServerRequest request, ServerResponse response) {
        Answers.json(request, response, access.tokens());
    }

    private void createToken(ServerRequest request, ServerResponse response) {
        byte[] created = access.createToken(Caller.of(request), BodySource.small(request));
        response.header("Cache-Control", "no-store");
        response.status(Status.CREATED_201);
        Answers.json(request, response, created);
    }

    private void revokeToken(ServerRequest request, ServerResponse response) {
        access.revokeToken(Caller.of(request), request.path().pathParameters().get("id"));
        response.status(Status.NO_CONTENT_204).send();
    }
}
