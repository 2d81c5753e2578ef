package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;

class RowTextTest {

    @Test
    void tabsGoToTheNextMultipleOfEight() {
        RowText row = new RowText("ab\tc\t\td");
        assertThat(drawn(row)).isEqualTo("ab      c               d");
        assertThat(row.cellAt(2)).isEqualTo(2);
        assertThat(row.cellAt(3)).isEqualTo(8);
        assertThat(row.columnAt(7)).isEqualTo(3);
        assertThat(row.columnAt(4)).isEqualTo(2);
    }

    @Test
    void controlCharactersAreShownNotObeyed() {
        assertThat(drawn(new RowText("\u001b[2Jred\r\u0000\u007f\u202eabc")))
                .isEqualTo("␛[2Jred␍␀␡␦abc");
    }

    @Test
    void coloursAreShownAndTakeNoCells() {
        RowText row = new RowText("a \u001b[1;31mred\u001b[0m \u001b[38;5;200mpink\u001b[m!");
        assertThat(drawn(row)).isEqualTo("a red pink!");
        assertThat(row.cells()).isEqualTo(11);
        assertThat(row.runs().stream().filter(run -> run.text().equals("red")).findFirst())
                .hasValueSatisfying(run -> assertThat(run.colour()).isEqualTo(1));
        assertThat(row.runs().stream().filter(run -> run.text().equals("pink")).findFirst())
                .hasValueSatisfying(run -> assertThat(run.colour()).isEqualTo(200));
        assertThat(row.runs().getLast().colour()).isEqualTo(AnsiColour.NONE);
        assertThat(row.columnAt(2.1)).as("behind the sequence").isEqualTo(2);
        assertThat(row.cellAt(9)).isEqualTo(2);
    }

    @Test
    void wideCharactersTakeTwoCellsAndClustersStayWhole() {
        RowText row = new RowText("a日👩‍👩‍👧e\u0301!");
        assertThat(row.cells()).isEqualTo(1 + 2 + 2 + 1 + 1);
        assertThat(row.cellAt(2)).isEqualTo(3);
        int family = "👩‍👩‍👧".length();
        assertThat(row.columnAt(4.1)).as("never inside a cluster").isEqualTo(2 + family);
        assertThat(row.columnAt(100)).isEqualTo(row.columns());
    }

    @Test
    void plainRowsAreOnePieceOfOneCellAChar() {
        RowText row = new RowText("rows=4475");
        assertThat(row.runs()).hasSize(1);
        assertThat(row.columnAt(3.4)).isEqualTo(3);
        assertThat(row.columnAt(-1)).isZero();
        assertThat(new RowText("").columnAt(5)).isZero();
    }

    private static String drawn(RowText row) {
        return row.runs().stream().map(RowText.Run::text).collect(Collectors.joining());
    }
}
