package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

class ByteFinderTest {

    private final Random random = new Random(17);

    @Test
    void findsWhatALookAtEachPlaceFinds() {
        for (int round = 0; round < 3000; round++) {
            String text = text("abAB@`Zz{[ é", random.nextInt(120));
            String needle = text("abABz@", 1 + random.nextInt(4));

            assertThat(all(text, needle))
                    .as("%s in %s", needle, text)
                    .isEqualTo(twin(text, needle));
        }
    }

    @Test
    void staysBetweenItsLimits() {
        ByteFinder finder = new ByteFinder("end", false);
        byte[] bytes = "END of the eNd, and the END".getBytes(StandardCharsets.UTF_8);

        assertThat(finder.folded(bytes, 0, bytes.length)).isZero();
        assertThat(finder.folded(bytes, 1, bytes.length)).isEqualTo(11);
        assertThat(finder.folded(bytes, 12, bytes.length - 1)).isEqualTo(-1);
        assertThat(finder.folded(bytes, 12, bytes.length)).isEqualTo(24);
        assertThat(finder.folded(bytes, 26, 26)).isEqualTo(-1);
    }

    private String text(String letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static List<Integer> all(String text, String needle) {
        ByteFinder finder = new ByteFinder(needle, false);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Integer> found = new ArrayList<>();
        int at = finder.folded(bytes, 0, bytes.length);
        while (at >= 0) {
            found.add(at);
            at = finder.folded(bytes, at + 1, bytes.length);
        }
        return found;
    }

    private static List<Integer> twin(String text, String needle) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at + needle.length() <= bytes.length; at++) {
            String here = new String(bytes, at, needle.length(), StandardCharsets.ISO_8859_1);
            if (here.toLowerCase(Locale.ROOT).equals(needle.toLowerCase(Locale.ROOT))) {
                found.add(at);
            }
        }
        return found;
    }
}
