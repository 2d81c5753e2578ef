package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.ConnectionState;
import io.tailrace.client.StreamItem;
import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.TokenStore;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All panes under a feed that never rests: nothing that the FX thread does in one go takes 100 ms,
 * and whoever cannot see can tell everything that can have the focus. What is measured is the
 * thread's own CPU time: a machine that is busy with something else proves nothing.
 */
class BusyPanesTest extends ApplicationTest {

    private static final Duration LONGEST = Duration.ofMillis(100);
    private static final int ROUNDS = 60;
    private static final int WARM_UP = 15; // code that is compiled only now
    private static final int RUNS = 100;

    @TempDir static Path folder;

    private final Instant start = Instant.now();
    private @Nullable Console console;

    @Override
    public void start(Stage stage) {
        URI gateway = URI.create("http://127.0.0.1:9");
        Options options = Options.parse(List.of("--screenshot=x.png", "--gateway=" + gateway));
        Failures failures = new Failures(folder.resolve("logs"));
        Theme theme = new Theme(Theme.Choice.DARK, Theme.NORMAL_SIZE);
        TokenStore tokens = new TokenStore(folder.resolve("tokens.json"));
        Console shown =
                new Console(
                        gateway,
                        options,
                        new StateFile(folder.resolve("console.json")).load(),
                        new Console.Around(
                                stage,
                                theme,
                                new Credentials(options, Map.of(), gateway, tokens),
                                new Memory(folder, folder.resolve("gateways"), failures),
                                failures),
                        new Console.Exits(null, (_, _) -> {}, _ -> {}));
        Scene scene = new Scene(shown.window().root(), 1240, 760); // the headless screen is small
        theme.style(scene);
        stage.setX(0);
        stage.setY(0);
        stage.setScene(scene);
        stage.show();
        console = shown;
        put(new StreamItem.Changed(new ConnectionState.Connected(start)));
    }

    @AfterEach
    void end() {
        interact(it()::close);
    }

    @Test
    void nothingTheFxThreadDoesInOneGoTakesLong() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Duration> taken = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            happens(round);
            interact(() -> {
                long before = threads.getCurrentThreadCpuTime();
                int _ = it().feed().pump().pulse();
                it().window().root().applyCss();
                it().window().root().layout();
                taken.add(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before));
            });
        }
        assertThat(it().feed().models().runs().all()).hasSize(RUNS);
        assertThat(taken.subList(WARM_UP, ROUNDS)).allMatch(time -> time.compareTo(LONGEST) < 0);
    }

    @Test
    void everythingThatCanHaveTheFocusHasANameAndARole() {
        happens(0);
        interact(() -> {
            it().catchUp();
            it().window().root().applyCss();
            it().window().root().layout();
        });
        List<Node> focusable =
                nodes(it().window().root())
                        .filter(Node::isFocusTraversable)
                        .filter(Node::isVisible)
                        .toList();
        assertThat(focusable).hasSizeGreaterThan(15);
        assertThat(focusable).filteredOn(node -> name(node).isBlank()).isEmpty();
        assertThat(focusable)
                .filteredOn(node -> node.getAccessibleRole() == AccessibleRole.NODE)
                .isEmpty();
    }

    private static Stream<Node> nodes(Node node) {
        return node instanceof Parent parent
                ? Stream.concat(
                        Stream.of(node),
                        parent.getChildrenUnmodifiable().stream().flatMap(BusyPanesTest::nodes))
                : Stream.of(node);
    }

    private static String name(Node node) {
        String said = node.getAccessibleText();
        if (said == null && node instanceof Labeled labeled) {
            said = labeled.getText();
        }
        if (said == null && node instanceof TextInputControl input) {
            said = input.getPromptText();
        }
        return Objects.requireNonNullElse(said, "");
    }

    /** A second of many runs: lines, progress, measures, failures. */
    private void happens(int second) {
        for (int run = 0; run < RUNS; run++) {
            RunKey key = new RunKey("acme", "flow-" + run % 7, "r" + run);
            Tale tale = new Tale(key, start).at(second);
            if (second == 0) {
                tale.starts(Tale.planned("extract"), Tale.planned("load", "extract"));
            }
            tale.progress("extract", 1, second, second * 1_000L)
                    .logs(Level.INFO, "batch %d of run %d".formatted(second, run))
                    .logs(run % 9 == 0 ? Level.ERROR : Level.WARN, "slow commit")
                    .measures("queue " + run % 40, second + run, "rows");
            if (second % 20 == 19) {
                tale.fails("extract", 1, "Executor lost", true);
            }
            tale.entries().forEach(entry -> put(new StreamItem.Received(entry, Instant.now())));
        }
    }

    private void put(StreamItem item) {
        it().feed().connection().inbox().put(item);
    }

    private Console it() {
        return Objects.requireNonNull(console);
    }
}
