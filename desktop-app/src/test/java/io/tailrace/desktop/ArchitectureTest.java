package io.tailrace.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.tailrace.desktop.connection.FxPump;

import javafx.application.Platform;

import java.util.Arrays;

/** The arrows between the packages of the console. */
@AnalyzeClasses(
        packages = "io.tailrace.desktop",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.tailrace.desktop";
    private static final String[] PANES = {
        "..desktop.logs..",
        "..desktop.workflow..",
        "..desktop.metrics..",
        "..desktop.alerts..",
        "..desktop.chat..",
        "..desktop.letters.."
    };

    @ArchTest static final ArchRule LOGS = standsAlone("..desktop.logs..");

    @ArchTest static final ArchRule WORKFLOW = standsAlone("..desktop.workflow..");

    @ArchTest static final ArchRule METRICS = standsAlone("..desktop.metrics..");

    @ArchTest static final ArchRule ALERTS = standsAlone("..desktop.alerts..");

    @ArchTest static final ArchRule CHAT = standsAlone("..desktop.chat..");

    @ArchTest static final ArchRule LETTERS = standsAlone("..desktop.letters..");

    @ArchTest
    static final ArchRule ONLY_THE_ROOT_KNOWS_PANES =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..desktop.connection..",
                            "..desktop.shell..",
                            "..desktop.state..",
                            "..desktop.theme..",
                            "..desktop.text..",
                            "..desktop.paint..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(PANES)
                    .because("events reach panes through the event router and nowhere else");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_ROOT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT)
                    .because("the composition root is told of nobody");

    @ArchTest
    static final ArchRule ONE_HOP =
            noClasses()
                    .that()
                    .doNotBelongToAnyOf(FxPump.class)
                    .should()
                    .callMethod(Platform.class, "runLater", Runnable.class)
                    .because("what comes from other threads comes in batches, once per pulse");

    @ArchTest
    static final ArchRule STATE_IS_PLAIN_JAVA =
            noClasses()
                    .that()
                    .resideInAPackage("..desktop.state..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("javafx..");

    @ArchTest
    static final ArchRule LOG_STORE_IS_PLAIN_JAVA =
            noClasses()
                    .that()
                    .haveSimpleName("LogStore")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("javafx..");

    @ArchTest
    static final ArchRule MODELS_HAVE_NO_CONTROLS =
            classes()
                    .that()
                    .haveSimpleNameEndingWith("Model")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideOutsideOfPackage("javafx.scene..")
                    .because("models are tested without a toolkit");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.tailrace.desktop.(*)..").should().beFreeOfCycles();

    private static ArchRule standsAlone(String pane) {
        return noClasses()
                .that()
                .resideInAPackage(pane)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others(pane))
                .because("panes know their model, not each other");
    }

    private static String[] others(String pane) {
        return Arrays.stream(PANES).filter(other -> !other.equals(pane)).toArray(String[]::new);
    }
}
