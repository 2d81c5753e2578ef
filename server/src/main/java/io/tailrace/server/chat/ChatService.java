package io.tailrace.server.chat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;
import io.tailrace.model.SuggestedAction;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.runs.RunsSnapshot;
import io.tailrace.server.search.LogSearch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    private static final int MOST_LOGS = 50; // channels looked through when no run is meant

    private final EventLog log;
    private final Supplier<RunsSnapshot> runs;
    private final Consumer<Event> publish;
    private final InstantSource clock;
    private final Evidence evidence;
    private final LogSearch search;
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
     */
    public ChatService(
            EventLog log,
            Supplier<RunsSnapshot> runs,
            Consumer<Event> publish,
            InstantSource clock) {
        this.log = log;
        this.runs = runs;
        this.publish = publish;
        this.clock = clock;
        evidence = new Evidence(log);
        search = new LogSearch(log, 200_000, Duration.ofSeconds(3));
    }

    /**
     * Answers {@code POST /api/chat/question}: the body of a 202. The question is stored when this
     * returns; the answer follows on the session's channel.
     *
     * @throws HttpProblem 400 when the request cannot be understood, 429 when too many questions of
     *     the session are being answered, 503 when too many in all
     */
    public byte[] ask(byte[] body) {
        ChatRequest request = ChatRequest.read(body);
        enter(request.session());
        try {
            publish.accept(
                    new Event.ChatQuestion(
                            header(request),
                            request.conversation(),
                            request.question(),
                            request.message()));
            threads.execute(() -> answer(request));
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

    private void answer(ChatRequest request) {
        try {
            send(request, made(request));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A question could not be answered.", e);
        } finally {
            leave(request.session());
        }
    }

    /** The answer; when it cannot be made, the reader is told instead of left waiting. */
    private Answer made(ChatRequest request) {
        try {
            return understoodAndAnswered(request);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A question could not be answered.", e);
            String sorry =
                    "I could not answer: something went wrong in the gateway. Its log has the"
                            + " details; please ask again.";
            return new Answer(
                    List.of(new Statement.Remark(sorry)), List.of(), false, null, null, false);
        }
    }

    private Answer understoodAndAnswered(ChatRequest request) {
        Instant now = clock.instant();
        RunsSnapshot snapshot = runs.get();
        String session = request.session().name();
        Memory memory = conversations.recall(session, request.conversation(), now);
        var understood =
                new Interpreter(request.message(), snapshot.runs(), request.focus(), memory)
                        .understood();
        Knowledge knowledge =
                new Knowledge(snapshot.runs(), snapshot.position(), evidence, search, logs(), now);
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

    /** The log channels heard of last. */
    private List<Channel> logs() {
        return log.channels().stream()
                .filter(c -> c.channel().type().equals("logs") && c.count() > 0)
                .sorted(Comparator.comparingLong(ChannelInfo::newest).reversed())
                .limit(MOST_LOGS)
                .map(ChannelInfo::channel)
                .toList();
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
