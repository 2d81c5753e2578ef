package io.tailrace.demo.pipeline;

import java.util.Locale;

/** Short names (SPDX) for the licences that Java libraries usually have. */
final class LicenceNames {

    private static final int LONGEST = 80;

    private LicenceNames() {}

    /** The licence that a text begins with, or that it is unknown. */
    static String ofText(String text) {
        String known = known(text);
        return known.isEmpty() ? "unknown text" : known;
    }

    /** The short form of a name, or the name itself. */
    static String ofName(String name) {
        String known = known(name);
        String plain = name.strip().replaceAll("\\s+", " ");
        String shown = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        return !known.isEmpty() ? known : shown.isEmpty() ? "unnamed" : shown;
    }

    private static String known(String text) {
        String t = text.toLowerCase(Locale.ROOT).replaceAll("[\\s,\\-]+", " ");
        if (t.contains("apache") && t.contains("2.0")) {
            return "Apache-2.0";
        }
        if (t.contains("mit license")
                || t.strip().equals("mit")
                || t.contains("permission is hereby granted free of charge")) {
            return "MIT";
        }
        if (t.contains("eclipse public license")) {
            return t.contains("2.0") ? "EPL-2.0" : "EPL-1.0";
        }
        if (t.contains("eclipse distribution license")) {
            return "BSD-3-Clause";
        }
        if (t.contains("lesser general public license") || t.contains("lgpl")) {
            return "LGPL";
        }
        if (t.contains("general public license") || t.contains("gpl")) {
            return t.contains("classpath") || t.contains("cpe") ? "GPL with exception" : "GPL";
        }
        if (t.contains("mozilla public license")) {
            return "MPL";
        }
        if (t.contains("common development and distribution") || t.contains("cddl")) {
            return "CDDL";
        }
        boolean bsd =
                t.contains("bsd") || t.contains("redistribution and use in source and binary");
        return bsd ? "BSD" : "";
    }
}
