package io.tailrace.server.openlineage;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/** How the jobs inside a run are called there. */
final class TaskNames {

    private static final int LONGEST = 200;

    private TaskNames() {}

    /** Without the name of the run's own job, which orchestrators put in front. */
    static String of(String job, String root) {
        String prefix = root + ".";
        boolean inside = job.startsWith(prefix) && job.length() > prefix.length();
        return fit(inside ? job.substring(prefix.length()) : job);
    }

    /** The same; of the copies that Airflow makes of a task, each has its number. */
    static String of(LineageEvent event, String root) {
        String name = of(event.name().name(), root);
        OptionalLong copy =
                Lookup.count(
                        Lookup.object(event.runFacets(), "airflow", "taskInstance"), "map_index");
        return copy.isPresent() ? name + "[" + copy.getAsLong() + "]" : name;
    }

    private static String fit(String name) {
        StringBuilder fit = new StringBuilder(name.strip());
        for (int i = 0; i < fit.length(); i++) {
            if (Character.isISOControl(fit.charAt(i))) {
                fit.setCharAt(i, ' ');
            }
        }
        if (fit.length() > LONGEST) {
            CRC32 crc = new CRC32();
            crc.update(name.getBytes(StandardCharsets.UTF_8));
            fit.setLength(LONGEST - 9);
            fit.append('-').append(Long.toHexString(crc.getValue()));
        }
        return fit.isEmpty() ? "unnamed" : fit.toString();
    }
}
