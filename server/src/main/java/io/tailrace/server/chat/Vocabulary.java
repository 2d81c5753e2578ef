package io.tailrace.server.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words that questions are made of, and one form for those that mean the same. */
final class Vocabulary {

    private static final Map<String, String> CANON = new HashMap<>();

    static {
        same("fail", "fails failed failing failure failures broke broken break breaks crash");
        same("fail", "crashed crashes crashing die died dies");
        same("error", "errors exception exceptions err");
        same("warning", "warnings warn warns");
        same("wrong", "problem problems issue issues trouble");
        same("run", "runs job jobs pipeline pipelines workflow workflows execution executions etl");
        same("task", "tasks step steps stage stages");
        same("rows", "row record records tuple tuples items");
        same("many", "much number count counts total");
        same("duration", "elapsed runtime");
        same("take", "takes took taken taking need needed");
        same("slow", "slowest slower longest longer");
        same("show", "find search list grep display give get print");
        same("line", "log logs lines message messages logged");
        same("status", "state standing");
        same("done", "finished finish finishes complete completed completes ended end ends over");
        same("done", "ready");
        same("start", "started starts begin began begins begun");
        same("succeed", "succeeded success successful successfully ok okay pass passed work");
        same("succeed", "worked");
        same("running", "active live ongoing executing");
        same("progress", "percent percentage");
        same("now", "currently current moment");
        same("cause", "caused causes reason reasons because");
        same("task", "tasks");
        same("about", "regarding concerning mention mentions mentioning contain containing");
        same("about", "contains matching like");
        same("previous", "earlier prior");
        same("last", "latest newest recent");
        same("doing", "happening going");
        same("happen", "happened happens");
        same("processed", "loaded written wrote read handled");
    }

    private static final Set<String> COMMON =
            Set.of(
                    """
                    a an the per of to in on at by from for with and or but so as than
                    then that this these those it its he she they them i me my you
                    your we us our is are was were be been being am do does did has
                    have had can could will would should shall may might must not no
                    yes any all some each every other another one ones which what who
                    whose when where why how there here very just only also still yet
                    already again ever please tell s t re ve ll d m if up down out off
                    into about before after during between since until while far long
                    first root same time today tonight yesterday right most more less
                    left go gone went come came see look say says said think know want
                    help question questions ask answer anything something everything
                    nothing thing things fast stuck red green many running hi hello
                    hey thanks thank day week night morning hour minute second minutes
                    seconds hours stop stopped stops cancelled paused skipped waiting
                    retry retried attempt attempts happen doing exactly actually
                    really currently overall altogether whole entire
                    """
                            .strip()
                            .split("\\s+", -1));

    private Vocabulary() {}

    /** Letters and digits in lower case, everything else one space: what names are compared by. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            boolean word = Character.isLetterOrDigit(c) || Character.isSurrogate(c) || c == '@';
            if (word) {
                plain.append(c);
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        return plain.toString().strip();
    }

    /** The form that stands for all words of the same meaning. */
    static String canon(String word) {
        return CANON.getOrDefault(word, word);
    }

    /** The words of a plain text. */
    static List<String> words(String plain) {
        List<String> words = new ArrayList<>();
        for (String word : plain.split(" +", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** Whether it is a word of questions, rather than a name or a topic. */
    static boolean known(String word) {
        return CANON.containsKey(word) || CANON.containsValue(word) || COMMON.contains(word);
    }

    /** Whether it carries no topic. */
    static boolean common(String word) {
        return COMMON.contains(word);
    }

    private static void same(String canon, String words) {
        for (String word : words.split(" ", -1)) {
            CANON.put(word, canon);
        }
    }
}
