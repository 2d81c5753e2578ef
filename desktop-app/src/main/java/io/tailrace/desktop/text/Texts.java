package io.tailrace.desktop.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The console's own words, from the one resource bundle {@code texts.properties}. A translation is
 * one more file beside it, such as {@code texts_de.properties}; what it lacks stays English.
 *
 * <p>Texts with values are patterns of {@link MessageFormat}: {@code {0}} stands for the first
 * value, an apostrophe is written twice. Texts without values are taken as they are. Values are
 * ready for people: numbers come from {@link Numbers}, times from {@link Times}.
 */
public final class Texts {

    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle(Texts.class.getPackageName() + ".texts");

    // Parsed once: rows are painted with them.
    private static final Map<String, MessageFormat> PARSED = new ConcurrentHashMap<>();

    private Texts() {}

    /** The language of the bundle, in which months and zones are named. */
    public static Locale locale() {
        Locale found = BUNDLE.getLocale();
        return found.equals(Locale.ROOT) ? Locale.ENGLISH : found;
    }

    /**
     * The text of a key.
     *
     * @throws MissingResourceException when the bundle has no such key: a test finds them all
     */
    public static String text(String key) {
        return BUNDLE.getString(key);
    }

    /** The text of a key with its values put in. */
    public static String text(String key, Object... values) {
        MessageFormat parsed =
                PARSED.computeIfAbsent(
                        key, name -> new MessageFormat(BUNDLE.getString(name), Locale.ROOT));
        return ((MessageFormat) parsed.clone()).format(values); // it is of one thread at a time
    }

    /**
     * How many there are of something: the text of {@code key.one} for 1, otherwise that of {@code
     * key.other}. The number, grouped, is value 0 of both.
     *
     * @param others values 1 and following
     */
    public static String count(String key, long number, Object... others) {
        Object[] values = new Object[others.length + 1];
        values[0] = Numbers.grouped(number);
        System.arraycopy(others, 0, values, 1, others.length);
        return text(number == 1 ? key + ".one" : key + ".other", values);
    }
}
