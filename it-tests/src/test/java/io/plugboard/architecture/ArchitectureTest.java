package io.plugboard.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Who may know whom: what ARCHITECTURE.md says, held. */
class ArchitectureTest {
    private static final String TOPOLOGY = "io.plugboard.topology..";
    private static final String COMPILER = "io.plugboard.compiler..";
    private static final String OVSDB = "io.plugboard.ovsdb..";
    private static final String AGENT = "io.plugboard.agent..";
    private static final String CONTROLLER = "io.plugboard.controller..";
    private static final String OPENFLOW = "io.plugboard.controller.openflow..";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(
                    "io.plugboard.topology",
                    "io.plugboard.compiler",
                    "io.plugboard.ovsdb",
                    "io.plugboard.agent",
                    "io.plugboard.controller");

    private static void holds(ArchRule rule) {
        rule.check(PRODUCT);
    }

    @Test
    void topologyKnowsOnlyTheJdkAndPersistentCollections() {
        holds(classes()
                .that()
                .resideInAPackage(TOPOLOGY)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(TOPOLOGY, "java..", "org.pcollections..", "org.jspecify.annotations.."));
    }

    @Test
    void compilerKnowsOnlyTopologyAndTheJdk() {
        holds(classes()
                .that()
                .resideInAPackage(COMPILER)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(TOPOLOGY, COMPILER, "java..", "org.pcollections..", "org.jspecify.annotations.."));
    }

    @Test
    void whatIsPureKnowsNoNetworkNoFileNoClockAndNoThread() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(TOPOLOGY, COMPILER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio..", "java.util.concurrent..", "java.sql..", "javax.."));
        holds(noClasses()
                .that()
                .resideInAnyPackage(TOPOLOGY, COMPILER)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        java.time.Clock.class,
                        java.time.Instant.class,
                        java.io.File.class,
                        java.io.InputStream.class,
                        java.io.OutputStream.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void ovsdbKnowsItsProtocolAndNothingOfVnics() {
        holds(classes()
                .that()
                .resideInAPackage(OVSDB)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        OVSDB,
                        "java..",
                        "javax.net.ssl..",
                        "io.netty..",
                        "com.fasterxml.jackson..",
                        "org.pcollections..",
                        "org.slf4j..",
                        "org.jspecify.annotations.."));
    }

    @Test
    void agentKnowsTheDatabaseAndTheWordsOfTopologyAndTheControllerOnlyStartsIt() {
        holds(noClasses()
                .that()
                .resideInAPackage(AGENT)
                .should()
                .dependOnClassesThat(resideInAPackage("io.plugboard..")
                        .and(resideOutsideOfPackages(AGENT, OVSDB, "io.plugboard.topology.model.."))));
        holds(noClasses()
                .that(resideInAPackage(CONTROLLER).and(resideOutsideOfPackages("io.plugboard.controller.config..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(AGENT));
    }

    @Test
    void onlyTheOpenFlowSideKnowsOpenFlowJ() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(OPENFLOW)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.projectfloodlight.."));
    }

    @Test
    void openFlowSideKnowsTheControllerByReconcilingAlone() {
        holds(noClasses()
                .that()
                .resideInAPackage(OPENFLOW)
                .should()
                .dependOnClassesThat(resideInAPackage(CONTROLLER)
                        .and(resideOutsideOfPackages(OPENFLOW, "io.plugboard.controller.reconcile.."))));
    }

    @Test
    void reconcilingKnowsTheCompilerAndItsOwnInterfacesAlone() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.plugboard.controller.reconcile..")
                .should()
                .dependOnClassesThat(resideInAPackage(CONTROLLER)
                        .and(resideOutsideOfPackages("io.plugboard.controller.reconcile..")))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.."));
    }

    @Test
    void restKnowsTheServiceAndNoSwitchOrStore() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.plugboard.controller.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(OPENFLOW, "io.plugboard.controller.store..", "io.plugboard.controller.config.."));
    }

    @Test
    void storesAreChosenByConfigurationAlone() {
        holds(noClasses()
                .that(resideInAPackage(CONTROLLER)
                        .and(resideOutsideOfPackages(
                                "io.plugboard.controller.store.embedded..", "io.plugboard.controller.config..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.plugboard.controller.store.embedded.."));
    }

    @Test
    void noPackagesDependOnEachOther() {
        holds(slices().matching("io.plugboard.(**)").should().beFreeOfCycles());
    }

    @Test
    void nothingStaticCanChange() {
        holds(fields().that().areStatic().should().beFinal());
    }
}
