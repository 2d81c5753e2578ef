package io.tailrace.client;

import io.tailrace.client.ConnectionState.Connected;
import io.tailrace.client.ConnectionState.Connecting;
import io.tailrace.client.ConnectionState.Polling;
import io.tailrace.client.ConnectionState.Stopped;
import io.tailrace.client.ConnectionState.Waiting;
import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Denied;
import io.tailrace.client.Opened.Ended;
import io.tailrace.client.Opened.Ending;
import io.tailrace.client.Opened.Refused;
import io.tailrace.model.ChannelPattern;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Receives, one try after the other, by the stream or page by page, until the connection is closed.
 * Confined to the connection's thread.
 */
final class Receiver {

    /** How long the gateway may wait for a first entry of a page. */
    private static final Duration WAIT = Duration.ofSeconds(25);

    /** Whoever answers with nothing at once is not asked more often than this. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** A stream that lived so long was not ended because it was begun. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final RootConnectionSettings settings;
    private final ChannelChoice choice;
    private final Lifeline lifeline;
    private final Intake intake;
    private final Consumer<StreamItem> tell;
    private final HttpClient client;
    private final Watchdog watchdog;
    private final Pacer pacer;
    private final Patience patience;
    private final Detour detour;
    private final PageReader pages;
    private int attempt = 1;
    private boolean opened;
    private long openedAt;
    private boolean saidPolling;

    Receiver(
            RootConnectionSettings settings,
            ChannelChoice choice,
            Lifeline lifeline,
            Intake intake,
            Consumer<StreamItem> tell,
            HttpClient client,
            Watchdog watchdog) {
        this.settings = settings;
        this.choice = choice;
        this.lifeline = lifeline;
        this.intake = intake;
        this.tell = tell;
        this.client = client;
        this.watchdog = watchdog;
        this.pacer = settings.timing().pacer();
        this.patience = new Patience(settings.timing());
        this.detour = new Detour(pacer);
        this.pages = new PageReader(pacer, intake);
    }

    void run() throws InterruptedException {
        settings.access()
                .warning(settings.gateway())
                .ifPresent(warning -> tell.accept(new StreamItem.Warned(warning)));
        while (!lifeline.closed()) {
            if (!detour.polling()) {
                say(new Connecting(attempt));
                streamEnded(stream(false));
            } else if (detour.streamDue()) {
                Ending ending = stream(true);
                if (detour.polling() && !lifeline.hurried()) {
                    detour.postpone();
                } else {
                    streamEnded(ending);
                }
            } else {
                poll();
            }
        }
    }

    /** What next, after a stream: ask for a page when the way is suspect, or wait. */
    private void streamEnded(Ending ending) throws InterruptedException {
        if (afresh()) {
            return;
        }
        if (opened && pacer.nanos() - openedAt >= SETTLED.toNanos()) {
            patience.settle();
        }
        if (detour.suspects(ending, opened)) {
            if (page(begin(), pages, Duration.ZERO).ending() == null || afresh()) {
                return;
            }
            detour.dismissed();
        }
        pause(ending);
    }

    private void poll() throws InterruptedException {
        ChannelChoice.Wanted wanted = choice.wanted();
        boolean others = !wanted.channels().equals(choice.agreed());
        long asked = pacer.nanos();
        PageReader.Read read = others ? fill(wanted) : page(begin(), pages, WAIT);
        if (afresh() || lifeline.refreshed() || (others && read.ending() == null)) {
            return;
        }
        if (read.ending() instanceof Refused) {
            detour.forget(); // no pages here: let the stream say what is wrong
        } else if (read.ending() != null) {
            detour.hurryStream();
            pause(read.ending());
        } else if (read.items() == 0 && pacer.nanos() - asked < LEAST.toNanos()) {
            lifeline.await(LEAST);
        }
    }

    /** One stream, from the request to its end. */
    private Ending stream(boolean trial) throws InterruptedException {
        opened = false;
        FeedRequest usual = FeedRequest.stream(begin());
        HttpTry next = new HttpTry(client, settings, watchdog);
        lifeline.begins(next);
        try {
            FeedRequest wanted = trial ? usual.within(settings.timing().first()) : usual;
            return switch (next.open(wanted)) {
                case Opened.Open open -> {
                    var follower =
                            new StreamFollower(pacer, intake, open.body(), this::streamOpened);
                    StreamFollower.Followed followed = follower.follow(watchdog);
                    patience.wish(followed.retry());
                    yield followed.ending();
                }
                case Ending ending -> ending;
            };
        } finally {
            lifeline.ends(next);
        }
    }

    /** Fetches what new channels begin with; from then on they come with the others. */
    private PageReader.Read fill(ChannelChoice.Wanted wanted) throws InterruptedException {
        List<ChannelPattern> received = choice.agreed();
        List<ChannelPattern> added = new ArrayList<>(wanted.channels());
        added.removeAll(received);
        PageReader.Read read = new PageReader.Read(0, null);
        if (!added.isEmpty()) {
            Intake beside = intake.beside(settings.beside(added, wanted.start()), received);
            PageReader fill = new PageReader(pacer, beside);
            do {
                read = page(beside.begin(added), fill, Duration.ZERO);
            } while (read.ending() == null
                    && read.items() > 0
                    && !beside.upTo(intake)
                    && !lifeline.hurried());
        }
        return switch (read.ending()) {
            case null -> {
                if (!lifeline.hurried()) { // otherwise there is more: the next feed asks again
                    choice.agree(wanted);
                }
                yield read;
            }
            case Broken _, Ended _ -> read;
            case Refused refused -> giveUp(wanted, refused.reason());
            case Denied denied -> giveUp(wanted, denied.reason());
        };
    }

    /** What cannot be had is said and forgotten; what was received before goes on. */
    private PageReader.Read giveUp(ChannelChoice.Wanted wanted, String reason) {
        choice.giveUp(wanted);
        tell.accept(new StreamItem.Warned(reason));
        return new PageReader.Read(0, null);
    }

    /** One page of what the stream would carry. */
    private PageReader.Read page(FeedRequest.Begin begin, PageReader reader, Duration wait)
            throws InterruptedException {
        FeedRequest wanted = FeedRequest.page(begin, reader.limit(), wait);
        HttpTry next = new HttpTry(client, settings, watchdog);
        lifeline.begins(next);
        try {
            return switch (next.open(wanted)) {
                case Opened.Open open -> reader.read(open.body(), watchdog, this::pageCame);
                case Ending ending -> new PageReader.Read(0, ending);
            };
        } finally {
            lifeline.ends(next);
        }
    }

    private FeedRequest.Begin begin() {
        List<ChannelPattern> channels = choice.agreed();
        intake.keep(choice.concerned());
        return intake.begin(channels);
    }

    private void streamOpened() {
        opened = true;
        openedAt = pacer.nanos();
        detour.opened();
        works();
        say(new Connected(pacer.now()));
    }

    private void pageCame() {
        if (!detour.polling()) {
            detour.taken();
        }
        works();
        if (!saidPolling) {
            say(new Polling(pacer.now(), "polling: " + detour.reason()));
        }
    }

    private void works() {
        patience.reset();
        attempt = 0;
    }

    /** Says why there is nothing, and waits as long as that calls for. */
    private void pause(Ending ending) {
        attempt++;
        Duration wait = patience.after(ending);
        Instant until = pacer.now().plus(wait);
        say(
                switch (ending) {
                    case Refused refused -> new Stopped(refused.reason());
                    case Ended ended -> new Waiting(until, attempt, ended.reason());
                    case Denied denied -> new Waiting(until, attempt, denied.reason());
                    case Broken broken -> new Waiting(until, attempt, broken.reason());
                });
        lifeline.await(wait);
        boolean _ = afresh();
    }

    /** Whether somebody is in a hurry: then everything begins anew. */
    private boolean afresh() {
        if (!lifeline.hurried()) {
            return false;
        }
        patience.reset();
        detour.forget();
        attempt = 1;
        return true;
    }

    private void say(ConnectionState state) {
        saidPolling = state instanceof Polling;
        tell.accept(new StreamItem.Changed(state));
    }
}
