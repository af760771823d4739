package dev.sluice.containers;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sluice.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A cell says yes if its tests are part of a build, which fails if they do: there is no third place for the truth. */
class ContainersPageTest {

    private static final Path PAGE = Path.of("docs", "containers.md");

    @Test
    void pageSaysWhatTheMatrixHolds() {
        GeneratedPage.check(PAGE, ContainersPageTest::block);
    }

    @Test
    void everyPromiseButThatOfTheDemoHasATestHere() {
        JavaClasses suite = new ClassFileImporter().importPackages("dev.sluice.containers");
        Set<Promise> tested = suite.stream()
                .flatMap(each -> each.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Promised.class))
                .map(ContainersPageTest::promise)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Promise.class)));

        assertThat(tested).containsAll(EnumSet.complementOf(EnumSet.of(Promise.DEMO_WAR))); // in the module of the demo
    }

    private static Promise promise(JavaMethod method) {
        return method.getAnnotationOfType(Promised.class).value();
    }

    private static String block(String name) {
        return switch (name) {
            case "promises" ->
                Arrays.stream(Promise.values())
                        .map(promise -> "- **" + promise.title() + "**: " + promise.meaning() + ".\n")
                        .collect(Collectors.joining());
            case "every build" -> matrix(containers(false));
            case "on demand" -> matrix(containers(true));
            case "lines" -> lines(Arrays.asList(Container.values()));
            case "spring boot" -> "```java\n" + Folders.example("EmbeddedSpringBoot.java") + "```\n";
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static List<Container> containers(boolean onDemand) {
        return Arrays.stream(Container.values())
                .filter(container -> container.traits().isOnDemand() == onDemand)
                .toList();
    }

    private static String matrix(List<Container> containers) {
        return row("", containers, Container::toString)
                + row("---", containers, container -> "---")
                + row("version", containers, Versions::of)
                + row("Servlet", containers, container -> container.traits().servlet())
                + Arrays.stream(Promise.values())
                        .map(promise -> row(
                                promise.title(),
                                containers,
                                container -> container.traits().cell(promise)))
                        .collect(Collectors.joining());
    }

    private static String row(String head, List<Container> containers, Function<Container, String> cell) {
        return Stream.concat(Stream.of(head), containers.stream().map(cell))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String lines(List<Container> containers) {
        return "| container | what you add | what to know |\n|---|---|---|\n"
                + containers.stream()
                        .map(container ->
                                "| " + container + " | " + container.traits().line() + " | "
                                        + container.traits().quirk() + " |\n")
                        .collect(Collectors.joining());
    }
}
