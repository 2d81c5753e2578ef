package io.tailrace.desktop.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was used between two moments, of this process or of another that runs from begin to end. On
 * a busy machine CPU time says more than the clock. Any thread.
 *
 * @param nanos by the clock
 * @param cpu of all threads, in milliseconds
 */
public record Usage(long nanos, double cpu) {

    private static final double TICK = 10; // milliseconds, of the kernel's count

    /** What this process used since it began. */
    public static Usage now() {
        String stat = read("/proc/self/stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return new Usage(System.nanoTime(), ticks * TICK);
    }

    /** What was used since then. */
    public Usage since() {
        Usage now = now();
        return new Usage(now.nanos - nanos, now.cpu - cpu);
    }

    /** What was said by a program that ended, and what it used; null when there is none. */
    record Ran(String said, Usage usage) {

        /** Runs a command; its last lines on the error stream are how much CPU it took. */
        static Ran of(List<String> command) {
            List<String> timed =
                    List.of("bash", "-c", "TIMEFORMAT='%U %S'; time \"$@\" 2>/dev/null", "timed");
            long begun = System.nanoTime();
            try {
                Process process =
                        new ProcessBuilder(Stream.concat(timed.stream(), command.stream()).toList())
                                .start();
                String said = last(process.inputReader());
                String[] times = last(process.errorReader()).split(" ", -1);
                int _ = process.waitFor();
                double cpu = Double.parseDouble(times[0]) + Double.parseDouble(times[1]);
                return new Ran(said, new Usage(System.nanoTime() - begun, cpu * 1000));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private static String last(BufferedReader reader) throws IOException {
            String last = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last = line;
            }
            return last;
        }

        @Override
        public String toString() {
            return usage.toString();
        }
    }

    /** How busy the machine is. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Bytes of heap in use after all garbage was collected. */
    public static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Bytes of RAM that a process holds: as the kernel counts all, or those no file is behind. */
    public static long resident(long process, String kind) {
        return read("/proc/" + process + "/status")
                        .lines()
                        .filter(line -> line.startsWith(kind + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                << 10;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lesser of two by the clock, and the lesser by CPU time. */
    Usage best(Usage other) {
        return new Usage(Math.min(nanos, other.nanos), Math.min(cpu, other.cpu));
    }

    @Override
    public String toString() {
        return "%,.0f ms (CPU %,.0f)".formatted(nanos / 1e6, cpu);
    }
}
