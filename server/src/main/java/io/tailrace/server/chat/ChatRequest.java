package io.tailrace.server.chat;

import io.tailrace.model.Channel;
import io.tailrace.model.RunKey;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.JsonRequest;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A question as it was asked.
 *
 * @param session whose channel the answer goes to
 * @param conversation which conversation it belongs to
 * @param question its id
 * @param message the words
 * @param focus the run that the console shows, or null
 */
record ChatRequest(
        Channel session,
        String conversation,
        String question,
        String message,
        @Nullable RunKey focus) {

    static final int MAX_MESSAGE = 2_000;
    private static final int MAX_ID = 128;
    private static final int MAX_NAME = 256;

    /**
     * Reads the body of a request.
     *
     * @throws HttpProblem 400 with a sentence that says what to send
     */
    static ChatRequest read(byte[] body) {
        JsonRequest request = JsonRequest.read(body);
        String conversation = request.text("conversation", MAX_ID);
        String question = request.text("question", MAX_ID);
        JsonRequest run = request.object("run");
        return new ChatRequest(
                session(request.required("session", MAX_ID)),
                conversation == null ? "default" : conversation,
                question == null ? UUID.randomUUID().toString() : question,
                request.required("message", MAX_MESSAGE),
                run == null
                        ? null
                        : new RunKey(
                                run.required("workspace", MAX_NAME),
                                run.required("workflow", MAX_NAME),
                                run.required("run", MAX_NAME)));
    }

    private static Channel session(String id) {
        try {
            return Channel.session(id);
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(
                    "Field 'session' must be the id of your session: no spaces, colons, commas or"
                            + " '*'.");
        }
    }
}
