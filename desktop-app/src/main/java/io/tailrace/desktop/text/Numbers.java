package io.tailrace.desktop.text;

import static io.tailrace.desktop.text.Texts.text;

import org.jspecify.annotations.Nullable;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers with thousands separators and units: {@code 1,204}, {@code 5.2 s}, {@code 80 %}. */
public final class Numbers {

    private static final List<String> BYTES =
            List.of(
                    "text.unit.B",
                    "text.unit.KiB",
                    "text.unit.MiB",
                    "text.unit.GiB",
                    "text.unit.TiB",
                    "text.unit.PiB",
                    "text.unit.EiB");

    private Numbers() {}

    /** A whole number: {@code 12,403,118}. */
    public static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A share of a hundred without decimals: {@code 63 %}. Only what is complete says 100. */
    public static String percent(double value) {
        long whole = Math.round(value);
        return text("text.percent", String.valueOf(whole == 100 && value < 100 ? 99 : whole));
    }

    /** Three significant digits, or all digits before the point: {@code 0.0125}, {@code 1,150}. */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return text("text.notANumber");
        }
        double size = Math.abs(value);
        if (size >= 1e15) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        if (size != 0 && size < 1e-4) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int decimals = 0;
        if (size < 100 && size != 0) {
            decimals = Math.clamp(2 - (long) Math.floor(Math.log10(size)), 0, 6);
        }
        DecimalFormat format = new DecimalFormat("#,##0", new DecimalFormatSymbols(Locale.ROOT));
        format.setMaximumFractionDigits(decimals);
        String text = format.format(value);
        return text.equals("-0") ? "0" : text;
    }

    /** A value and its unit; times and bytes are said in the unit that reads best. */
    public static String withUnit(double value, @Nullable String unit) {
        if (unit == null || unit.isBlank() || unit.equals("1") || !Double.isFinite(value)) {
            return plain(value);
        }
        return switch (unit) {
            case "s", "seconds" -> seconds(value);
            case "ms", "milliseconds" -> seconds(value / 1_000);
            case "us", "µs" -> seconds(value / 1_000_000);
            case "By", "B", "bytes" -> bytes(value);
            case "By/s", "B/s" -> text("text.perSecond", bytes(value));
            case "%", "percent" -> text("text.percent", plain(value));
            default -> text("text.unit.any", plain(value), unit);
        };
    }

    private static String seconds(double value) {
        if (value < 0 || value > 1e11) {
            return text("text.unit.s", plain(value));
        }
        if (value > 0 && value < 0.001) {
            return text("text.unit.us", plain(value * 1_000_000));
        }
        if (value < 1) {
            return text("text.unit.ms", plain(value * 1_000));
        }
        return value < 60
                ? text("text.unit.s", plain(value))
                : Durations.say(Duration.ofMillis(Math.round(value * 1_000)));
    }

    private static String bytes(double value) {
        double rest = value;
        int power = 0;
        while (Math.abs(rest) >= 1024 && power < BYTES.size() - 1) {
            rest /= 1024;
            power++;
        }
        return text(BYTES.get(power), plain(rest));
    }
}
