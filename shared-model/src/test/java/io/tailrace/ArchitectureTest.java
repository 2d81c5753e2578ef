package io.tailrace;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of the shared model. */
@AnalyzeClasses(packages = "io.tailrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JDK = "java..";
    private static final String NULLS = "org.jspecify..";
    private static final String JSON = "com.fasterxml.jackson.core..";

    @ArchTest
    static final ArchRule MODEL =
            only("..model", JDK, NULLS, "io.tailrace.model")
                    .because("everybody shares the vocabulary, so it drags nothing along");

    @ArchTest
    static final ArchRule WIRE =
            only("..wire", JDK, NULLS, JSON, "io.tailrace.wire", "io.tailrace.model")
                    .because("bytes know nothing of connections");

    @ArchTest
    static final ArchRule CLIENT =
            only(
                            "..client",
                            JDK,
                            "javax.net.ssl..",
                            NULLS,
                            JSON,
                            "io.tailrace.client",
                            "io.tailrace.wire",
                            "io.tailrace.model")
                    .because("a console reads; it does not publish");

    @ArchTest
    static final ArchRule PUBLISHER =
            only(
                            "..publisher",
                            JDK,
                            NULLS,
                            "com.fasterxml.jackson..",
                            "ch.qos.logback..",
                            "org.slf4j..",
                            "io.tailrace.publisher",
                            "io.tailrace.client",
                            "io.tailrace.wire",
                            "io.tailrace.model")
                    .allowEmptyShould(true)
                    .because("a pipeline sends, and listens for commands; nothing stands on it");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.tailrace.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_SETTERS =
            methods()
                    .that()
                    .arePublic()
                    .and()
                    .areDeclaredInClassesThat(
                            are(
                                    resideInAnyPackage(
                                            "io.tailrace.model",
                                            "io.tailrace.wire",
                                            "io.tailrace.client")))
                    .should()
                    .haveNameNotMatching("(set|get|is)[A-Z].*")
                    .because("data is immutable and accessors have the names of what they give");

    private static ArchRule only(String of, String... others) {
        return classes()
                .that()
                .resideInAPackage(of)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(others);
    }
}
