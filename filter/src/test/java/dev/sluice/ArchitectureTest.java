package dev.sluice;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.util.Set;
import java.util.stream.Collectors;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The arrows of the package page of {@code dev.sluice}. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("dev.sluice.(**)").namingSlices("$1").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreKnowsOnlyJava = classes()
            .that(resideInAnyPackage("dev.sluice.bucket", "dev.sluice.key"))
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "dev.sluice.bucket", "dev.sluice.key"));

    @ArchTest
    static final ArchRule bucketAndKeyKnowNothingOfEachOther = noClasses()
            .that(resideInAPackage("dev.sluice.bucket"))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.sluice.key"));

    @ArchTest
    static final ArchRule servletsAreKnownOnlyInTheRoot = noClasses()
            .that(DescribedPredicate.not(resideInAPackage("dev.sluice")))
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.."));

    @ArchTest
    static final ArchRule jedisIsKnownOnlyInItsAdapter = noClasses()
            .that(DescribedPredicate.not(resideInAPackage("dev.sluice.store.redis")))
            .should()
            .dependOnClassesThat(resideInAPackage("redis.."));

    @ArchTest
    static final ArchRule theLimiterKnowsNoAdapterOfRedisAndNoHttp = noClasses()
            .that(resideInAnyPackage("dev.sluice.limiter", "dev.sluice.policy", "dev.sluice.store"))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("dev.sluice.store.redis", "dev.sluice.http", "dev.sluice.config", "dev.sluice"));

    @ArchTest
    static final ArchRule theCommandLineIsKnownToNobody = noClasses()
            .that(DescribedPredicate.not(resideInAPackage("dev.sluice.check")))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.sluice.check"));

    @ArchTest
    static final ArchRule theCommandLineRunsOutsideOfApplications = noClasses()
            .that(resideInAPackage("dev.sluice.check"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.sluice", "dev.sluice.http", "dev.sluice.limiter"));

    @ArchTest
    static final ArchRule metricsAreAddedFromOutside = noClasses()
            .that(DescribedPredicate.not(resideInAnyPackage("dev.sluice", "dev.sluice.metrics")))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.sluice.metrics"));

    @ArchTest
    static final ArchRule metricsKnowNoAdapterOfRedisAndNoHttp = noClasses()
            .that(resideInAPackage("dev.sluice.metrics"))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("dev.sluice.store.redis", "dev.sluice.http", "dev.sluice.config", "dev.sluice"));

    @ArchTest
    static void whatTheApplicationMayHaveIsKnownInOneFileEach(JavaClasses classes) {
        assertThat(filesThatKnow(classes, "org.eclipse.microprofile")).containsExactly("MicroProfileSource.java");
        assertThat(filesThatKnow(classes, "io.micrometer")).containsExactly("MicrometerPublication.java");
        assertThat(filesThatKnow(classes, "io.opentelemetry")).containsExactly("OpenTelemetryPublication.java");
        assertThat(filesThatKnow(classes, "javax.management")).containsExactly("JmxPublication.java");
    }

    private static Set<String> filesThatKnow(JavaClasses classes, String packages) {
        return classes.stream()
                .filter(each -> each.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(packages)))
                .map(JavaClass::getSource)
                .map(source -> source.flatMap(each -> each.getFileName()).orElse("?"))
                .collect(Collectors.toSet());
    }
}
