package io.tailrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void goesThroughItsText() {
        Cursor cursor = new Cursor("k3f9", 12_403_118);

        assertThat(cursor).hasToString("k3f9-12403118");
        assertThat(Cursor.parse("k3f9-12403118")).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "abc",
                "abc-",
                "-5",
                "abc-x",
                "abc--5",
                "a b-5",
                "abc-99999999999999999999",
                "ä-1"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Cursor.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a cursor");
    }
}
