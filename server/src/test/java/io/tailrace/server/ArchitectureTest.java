package io.tailrace.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction in which an event travels is the only direction in which packages know others. */
@AnalyzeClasses(packages = "io.tailrace.server", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String ROOT = "io.tailrace.server";

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching(ROOT + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("what must talk back gets an interface at construction");

    @ArchTest static final ArchRule THE_EVENT_LOG_KNOWS_NOBODY = only("eventlog");

    @ArchTest static final ArchRule THE_BROKER_KNOWS_THE_EVENT_LOG = only("broker", "eventlog");

    @ArchTest
    static final ArchRule PROBLEMS_ARE_SAID_IN_ONE_PLACE = only("http", "broker", "eventlog");

    @ArchTest static final ArchRule ACCESS_DECIDES = only("access", "http", "settings");

    @ArchTest static final ArchRule SETTINGS_KNOW_NOBODY = only("settings");

    @ArchTest static final ArchRule THE_LISTENER_KNOWS_NOBODY = only("listener");

    @ArchTest
    static final ArchRule RUNS_ARE_FOLDED_FROM_THE_LOG =
            only("runs", "access", "broker", "eventlog", "http");

    @ArchTest
    static final ArchRule INGEST_PUBLISHES =
            only(
                    "ingest",
                    "access",
                    "broker",
                    "dbt",
                    "deadletter",
                    "eventlog",
                    "http",
                    "lines",
                    "redaction");

    @ArchTest
    static final ArchRule OTLP_MAKES_EVENTS =
            only("otlp", "access", "broker", "deadletter", "eventlog", "http", "ingest");

    @ArchTest
    static final ArchRule CLOUD_EVENTS_MAKE_EVENTS =
            only("cloudevents", "access", "broker", "deadletter", "eventlog", "http", "ingest");

    @ArchTest static final ArchRule LINES_ARE_RECOGNISED_BY_THEMSELVES = only("lines");

    @ArchTest static final ArchRule DBT_KNOWS_NOBODY = only("dbt");

    @ArchTest static final ArchRule REDACTION_KNOWS_NOBODY = only("redaction");

    @ArchTest
    static final ArchRule OPENLINEAGE_PUBLISHES =
            only(
                    "openlineage",
                    "access",
                    "broker",
                    "deadletter",
                    "eventlog",
                    "http",
                    "ingest",
                    "redaction");

    @ArchTest
    static final ArchRule DEAD_LETTERS_ARE_KEPT = only("deadletter", "access", "http", "redaction");

    @ArchTest
    static final ArchRule SOURCES_PUBLISH =
            only(
                    "source",
                    "broker",
                    "cloudevents",
                    "deadletter",
                    "eventlog",
                    "http",
                    "ingest",
                    "lines",
                    "openlineage",
                    "otlp",
                    "redaction",
                    "settings");

    @ArchTest
    static final ArchRule STREAMS_READ =
            only("stream", "access", "broker", "eventlog", "runs", "http");

    @ArchTest
    static final ArchRule COMMANDS_PUBLISH =
            only("command", "access", "broker", "eventlog", "runs", "http");

    @ArchTest static final ArchRule SEARCH_READS = only("search", "access", "broker", "eventlog");

    @ArchTest
    static final ArchRule CHAT_READS_AND_PUBLISHES =
            only("chat", "access", "broker", "eventlog", "runs", "search", "http");

    @ArchTest
    static final ArchRule OPS_WATCHES =
            only(
                    "ops",
                    "access",
                    "broker",
                    "eventlog",
                    "http",
                    "ingest",
                    "listener",
                    "runs",
                    "stream");

    @ArchTest
    static final ArchRule ONLY_MAIN_STARTS_THE_GATEWAY =
            noClasses()
                    .that()
                    .haveSimpleNameNotStartingWith("Gateway")
                    .and()
                    .haveSimpleNameNotStartingWith("Main")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(ROOT + ".Gateway")
                    .because("the composition root knows everybody and is known by nobody")
                    .allowEmptyShould(true);

    /** A package may use those named, itself, and whatever is not the server's. */
    private static ArchRule only(String of, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = ROOT + "." + of + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = ROOT + "." + others[i] + "..";
        }
        return classes()
                .that()
                .resideInAPackage(ROOT + "." + of + "..")
                .should()
                .onlyDependOnClassesThat(outsideOrIn(allowed))
                .because("dependencies follow the event's way: " + String.join(", ", allowed))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> outsideOrIn(String... packages) {
        return not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(packages));
    }
}
