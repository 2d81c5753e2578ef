package io.tailrace.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Command lines that run a main class with this process's own Java and class path. */
final class JavaCommand {

    private final List<String> libraries;
    private final String java;

    /**
     * Commands for a class path.
     *
     * @param classPath as in the system property java.class.path
     * @param java the program
     */
    JavaCommand(String classPath, String java) {
        this.libraries = Arrays.asList(classPath.split(File.pathSeparator, -1));
        this.java = java;
    }

    /** With the Java and the class path that run this. */
    static JavaCommand ofThisProcess() {
        return new JavaCommand(
                System.getProperty("java.class.path"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    /** The gateway, which has nothing to do with how the pipeline logs. */
    List<String> gateway(int megabytes, List<String> arguments) {
        List<String> own = libraries.stream().filter(l -> !logback(l)).toList();
        return new JavaCommand(joined(own), java)
                .plain(megabytes, "io.tailrace.server.Main", arguments);
    }

    private static boolean logback(String library) {
        return Path.of(library).getFileName().toString().startsWith("logback-");
    }

    /** A program without windows. */
    List<String> plain(int megabytes, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.add("-Xmx" + megabytes + "m");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(joined(libraries));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** A program with JavaFX, whose jars must be modules. */
    List<String> javaFx(int megabytes, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.add("-Xmx" + megabytes + "m");
        command.add("--module-path");
        command.add(joined(libraries.stream().filter(JavaCommand::javaFx).toList()));
        command.add("--add-modules");
        command.add("javafx.controls");
        command.add("--enable-native-access=javafx.graphics,ALL-UNNAMED");
        command.add("-cp");
        command.add(joined(libraries.stream().filter(l -> !javaFx(l)).toList()));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private static boolean javaFx(String library) {
        String name = Path.of(library).getFileName().toString().toLowerCase(Locale.ROOT);
        return name.startsWith("javafx-") && name.endsWith(".jar");
    }

    private static String joined(List<String> paths) {
        return String.join(File.pathSeparator, paths);
    }
}
