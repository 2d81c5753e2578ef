package io.tailrace.server.chat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;
import io.tailrace.model.SuggestedAction;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.SessionOwners;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.runs.RunsSnapshot;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Takes questions and publishes their answers on the asking session's channel: first {@code
 * chat_question}, then {@code chat_response} parts, the last one with {@code done}.
 *
 * <p>Any thread. Each answer is made on a virtual thread of its own.
 */
public final class ChatService implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ChatService.class.getName());
    private static final int MOST_PER_SESSION = 3;
    private static final int MOST = 32;

    private final EventLog log;
    private final Supplier<RunsSnapshot> runs;
    private final Consumer<Event> publish;
    private final UnaryOperator<String> mask;
    private final SessionOwners owners;
    private final InstantSource clock;
    private final Conversations conversations = new Conversations();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("chat-answer-", 0).factory());
    private final Map<Channel, Integer> inFlight = new HashMap<>(); // guarded by itself

    /**
     * A service that answers from what is stored.
     *
     * @param log where evidence is looked up
     * @param runs where the runs stand
     * @param publish stores an event; blocks until it is durable
     * @param mask takes secrets out of a question, because answers repeat its words
     * @param owners whose sessions are: nobody asks on another's
     */
    public ChatService(
            EventLog log,
            Supplier<RunsSnapshot> runs,
            Consumer<Event> publish,
            UnaryOperator<String> mask,
            SessionOwners owners,
            InstantSource clock) {
        this.log = log;
        this.runs = runs;
        this.publish = publish;
        this.mask = mask;
        this.owners = owners;
        this.clock = clock;
    }

    /**
     * Answers {@code POST /api/chat/question}: the body of a 202. The question is stored when this
     * returns; the answer follows on the session's channel, made from what the caller may see.
     *
     * @throws HttpProblem 400 when the request cannot be understood, 403 when the session is
     *     another's, 429 when too many questions of the session are being answered, 503 when too
     *     many in all
     */
    public byte[] ask(Caller caller, byte[] body) {
        ChatRequest request = ChatRequest.read(body);
        if (!owners.claim(request.session().parts().get(1), caller.name())) {
            throw new HttpProblem(
                    403,
                    "Forbidden",
                    "This session belongs to somebody else: ask with an id of your own.");
        }
        enter(request.session());
        try {
            publish.accept(
                    new Event.ChatQuestion(
                            header(request).withFields(Map.of("user", caller.name())),
                            request.conversation(),
                            request.question(),
                            request.message()));
            threads.execute(() -> answer(caller, request));
        } catch (RuntimeException e) {
            leave(request.session());
            throw e;
        }
        String id = new String(JsonStringEncoder.getInstance().quoteAsString(request.question()));
        return "{\"status\":\"processing\",\"question\":\"%s\"}"
                .formatted(id)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Waits a moment for answers under way, then gives them up. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Caller caller, ChatRequest request) {
        try {
            send(request, made(caller, request));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A question could not be answered.", e);
        } finally {
            leave(request.session());
        }
    }

    /** The answer; when it cannot be made, the reader is told instead of left waiting. */
    private Answer made(Caller caller, ChatRequest request) {
        try {
            return understoodAndAnswered(caller, request);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A question could not be answered.", e);
            String sorry =
                    "I could not answer: something went wrong in the gateway. Its log has the"
                            + " details; please ask again.";
            return new Answer(
                    List.of(new Statement.Remark(sorry)), List.of(), false, null, null, false);
        }
    }

    private Answer understoodAndAnswered(Caller caller, ChatRequest request) {
        Instant now = clock.instant();
        Sight sight = new Sight(caller, runs.get(), log);
        String session = request.session().name();
        Memory memory = conversations.recall(session, request.conversation(), now);
        var understood =
                new Interpreter(
                                mask.apply(request.message()),
                                sight.runs(),
                                request.focus(),
                                memory)
                        .understood();
        Knowledge knowledge = sight.knowledge(now);
        Answer answer = Answerer.answer(understood.question(), knowledge);
        if (answer.run() != null) {
            conversations.remember(
                    session,
                    request.conversation(),
                    new Memory(
                            answer.run().key(),
                            answer.task(),
                            answer.taskWasMeant(),
                            understood.intent(),
                            request.focus(),
                            now));
        }
        return answer;
    }

    private void send(ChatRequest request, Answer answer) {
        List<Statement> statements = answer.statements();
        for (int i = 0; i < statements.size(); i++) {
            boolean done = i + 1 == statements.size();
            List<SuggestedAction> actions = done ? answer.actions() : List.of();
            publish.accept(
                    new Event.ChatResponse(
                            header(request),
                            request.conversation(),
                            request.question(),
                            i + 1,
                            statements.get(i).text(),
                            statements.get(i).citations(),
                            actions,
                            answer.partial(),
                            done));
        }
    }

    private Header header(ChatRequest request) {
        return Header.of(request.session(), clock.instant(), Subject.NONE);
    }

    private void enter(Channel session) {
        synchronized (inFlight) {
            int all = inFlight.values().stream().mapToInt(Integer::intValue).sum();
            int own = inFlight.getOrDefault(session, 0);
            if (own >= MOST_PER_SESSION) {
                throw new HttpProblem(
                        429,
                        "Too many questions",
                        "%d of your questions are being answered: ask again after their answers."
                                .formatted(own));
            }
            if (all >= MOST) {
                throw new HttpProblem(
                        503, "Busy", "Many questions are being answered: ask again in a moment.");
            }
            inFlight.put(session, own + 1);
        }
    }

    private void leave(Channel session) {
        synchronized (inFlight) {
            inFlight.computeIfPresent(session, (_, own) -> own > 1 ? own - 1 : null);
        }
    }
}
