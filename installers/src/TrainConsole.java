import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets the packaged console draw its window for a moment, without a display, and keeps what the JVM
 * learned: with that it starts with two thirds of the processor time. Run by {@code mvn
 * -Pinstallers verify}; exits 1 with a sentence when nothing was kept.
 */
public class TrainConsole {

    private static final String NOWHERE = "http://127.0.0.1:9"; // it says so and goes on trying

    public static void main(String[] args) throws Exception {
        Image image = new Image(Path.of(args[0]));
        Path cache = image.app().resolve("console.aot");
        Files.deleteIfExists(cache);
        Path home = Files.createTempDirectory("tailrace-training");
        List<String> command = image.training(cache);
        command.addAll(
                List.of(
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "-Djava.awt.headless=true",
                        "-Duser.home=" + home));
        command.add("-m");
        command.addAll(image.settings("app.mainmodule"));
        command.addAll(
                List.of(
                        "--gateway=" + NOWHERE,
                        "--screenshot=" + home.resolve("console.png"),
                        "--after=3"));
        image.awaitEnd(image.start(command), cache);
    }
}
