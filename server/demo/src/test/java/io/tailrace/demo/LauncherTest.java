package io.tailrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class LauncherTest {

    @TempDir private Path temp;

    @Test
    void javaFxGoesOnTheModulePathAndTheRestOnTheClassPath() {
        String fx = "/m2/javafx-graphics-26.0.2-linux.jar";
        JavaCommand java = new JavaCommand("/a.jar" + File.pathSeparator + fx, "java");
        assertThat(java.javaFx(512, "x.Main", List.of("--gateway=g")))
                .containsExactly(
                        "java",
                        "-Xmx512m",
                        "--module-path",
                        fx,
                        "--add-modules",
                        "javafx.controls",
                        "--enable-native-access=javafx.graphics,ALL-UNNAMED",
                        "-cp",
                        "/a.jar",
                        "x.Main",
                        "--gateway=g");
        assertThat(java.plain(64, "x.Main", List.of()))
                .endsWith("-cp", "/a.jar" + File.pathSeparator + fx, "x.Main");
    }

    @Test
    void onLinuxAWindowNeedsADisplay() {
        assertThat(Demo.display(Map.of(), "Linux")).isFalse();
        assertThat(Demo.display(Map.of("DISPLAY", ""), "Linux")).isFalse();
        assertThat(Demo.display(Map.of("DISPLAY", ":0"), "Linux")).isTrue();
        assertThat(Demo.display(Map.of("WAYLAND_DISPLAY", "wayland-0"), "Linux")).isTrue();
        assertThat(Demo.display(Map.of(), "Mac OS X")).isTrue();
    }

    @Test
    void aChildThatEndsEarlyLeavesItsLastLines() {
        Child child = start("no.such.Main");
        await().until(() -> !child.alive());
        assertThat(child.exitCode()).isEqualTo(1);
        assertThat(child.endedBySignal()).isFalse();
        assertThat(child.lastLines(1)).singleElement().asString().contains("no.such.Main");
    }

    @Test
    void aChildIsStopped() {
        Child child = start(Sleeper.class.getName());
        await().until(() -> child.lastLines(1).contains("up"));
        child.stop(Duration.ofSeconds(5));
        assertThat(child.alive()).isFalse();
        assertThat(child.endedBySignal()).isTrue();
    }

    private Child start(String mainClass) {
        List<String> command = JavaCommand.ofThisProcess().plain(32, mainClass, List.of());
        return Child.start("child", command, temp.resolve("child.log"));
    }

    /** Runs until somebody ends it. */
    static final class Sleeper {

        private Sleeper() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println("up");
            Thread.currentThread().join();
        }
    }
}
