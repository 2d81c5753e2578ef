package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ViewportTest {

    private final Viewport screen = new Viewport();

    @Test
    void fewEntriesOfWhichOneIsUnfoldedHighCanBeScrolled() {
        screen.heights(() -> false, row -> row == 0 ? 50 : 1);
        screen.resize(10);
        screen.range(0, 3);
        assertThat(screen.travel()).isCloseTo(0.84, within(1e-6));
        screen.jump(0);
        assertThat(screen.onScreen()).isCloseTo(0.2, within(1e-6));
        screen.jump(screen.travel());
        assertThat(screen.shows(2)).isTrue();
    }

    @Test
    void entriesOfOneRowEachTravelAsFarAsTheyDoNotFit() {
        screen.resize(10);
        screen.range(5, 8);
        assertThat(screen.travel()).isZero();
        screen.range(5, 45);
        assertThat(screen.travel()).isEqualTo(30);
        assertThat(screen.onScreen()).isEqualTo(10);
    }
}
