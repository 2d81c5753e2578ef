package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a screen reader is told while following, and that it is told nothing otherwise. */
class LogsNewsTest {

    private final LogsModel model = new LogsModel();
    private final LogsNews news = new LogsNews(model);
    private long position;

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void whatIsThereAtFirstIsNoNews() {
        arrive(Level.INFO, 500);
        assertThat(any()).isFalse();
        assertThat(news.tell()).isEmpty();
    }

    @Test
    void countsWhatArrivedSinceItWasTold() {
        arrive(Level.INFO, 1000);
        assertThat(any()).isFalse();
        arrive(Level.INFO, 1);
        assertThat(any()).isTrue();
        assertThat(news.tell()).isEqualTo("1 new line of 1,001.");
        assertThat(any()).isFalse();
        assertThat(news.tell()).isEmpty();
        arrive(Level.INFO, 1200);
        assertThat(any()).isTrue();
        assertThat(news.tell()).isEqualTo("1,200 new lines of 2,201.");
    }

    @Test
    void namesTheNewestErrorOrWarningAmongThem() {
        arrive(Level.ERROR, "an old one");
        assertThat(any()).isFalse();
        arrive(Level.ERROR, "\u001b[31mpayment refused\u001b[0m\n\tat Sink.java");
        arrive(Level.INFO, 3);
        assertThat(any()).isTrue();
        assertThat(news.tell()).isEqualTo("4 new lines of 5. Newest error: payment refused");
        arrive(Level.ERROR, "refused again");
        arrive(Level.WARN, "slow");
        assertThat(any()).isTrue();
        assertThat(news.tell()).isEqualTo("2 new lines of 7. Newest warning: slow");
        arrive(Level.INFO, 1);
        assertThat(any()).isTrue();
        assertThat(news.tell()).isEqualTo("1 new line of 8.");
    }

    @Test
    void saysOnlyTheBeginningOfALongLine() {
        arrive(Level.INFO, 1);
        assertThat(any()).isFalse();
        arrive(Level.ERROR, "x".repeat(100_000));
        assertThat(any()).isTrue();
        assertThat(news.tell()).hasSizeLessThan(300).contains("Newest error: xxx");
    }

    @Test
    void isSilentWhileScrolledBackAndForgetsWhatCameThen() {
        arrive(Level.INFO, 100);
        model.screen().resize(10);
        assertThat(any()).isFalse();
        arrive(Level.ERROR, "came before scrolling back");
        assertThat(any()).isTrue();
        model.screen().scroll(-5);
        assertThat(news.tell()).isEmpty();

        arrive(Level.ERROR, "nobody is told");
        assertThat(any()).isFalse();
        assertThat(news.tell()).isEmpty();

        model.follow();
        Lines.settle(model);
        assertThat(any()).isFalse();
        assertThat(news.tell()).isEmpty();
        arrive(Level.INFO, 1);
        assertThat(any()).isTrue();
        assertThat(news.tell()).isEqualTo("1 new line of 103.");
    }

    @Test
    void isSilentWhilePaused() {
        arrive(Level.INFO, 5);
        assertThat(any()).isFalse();
        model.screen().pause();
        arrive(Level.ERROR, "nobody is told");
        assertThat(any()).isFalse();
        assertThat(news.tell()).isEmpty();
    }

    @Test
    void knowsOnlyLinesThatTheFilterShows() {
        arrive(Level.WARN, 5);
        model.show(
                LineFilter.all()
                        .withLevel(Level.WARN)
                        .with(TextCondition.text(new FindQuery("kept", false, false))));
        Lines.settle(model);
        assertThat(any()).isFalse();
        arrive(Level.ERROR, "hidden by the text");
        arrive(Level.INFO, "kept, but hidden by the level");
        assertThat(any()).isFalse();
        arrive(Level.WARN, "kept");
        arrive(Level.ERROR, "hidden again");
        assertThat(any()).isTrue();
        assertThat(news.tell()).isEqualTo("1 new line of 1. Newest warning: kept");
    }

    private boolean any() {
        return news.any(model.statusProperty().get());
    }

    private void arrive(Level level, int lines) {
        for (int i = 0; i < lines; i++) {
            model.append(Lines.entry(++position, level, "line " + position));
        }
        Lines.settle(model);
    }

    private void arrive(Level level, String message) {
        model.append(Lines.entry(++position, level, message));
        Lines.settle(model);
    }
}
