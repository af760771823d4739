package dev.sluice.containers;

import dev.sluice.containers.child.UriRules;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RawHttp;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However a URI is written and however the container is told to read it: if a protected servlet ran, its policy was charged; and what
 * does not run is refused with 400 or 404.
 */
@ExtendWith(Containers.Shared.class)
class PathMatrixIT {

    private static final int LEAST_URIS = 80;

    static Stream<Arguments> containersAndRules() {
        return Arrays.stream(Container.values())
                .flatMap(container -> Arrays.stream(UriRules.values()).map(rules -> Arguments.of(container, rules)));
    }

    @ParameterizedTest
    @MethodSource("containersAndRules")
    void chargesThePolicyOfEveryProtectedServletThatRan(Container container, UriRules rules, Containers containers) {
        int port = containers.running(container).port(rules);
        List<Sighting> sightings = RawUris.all(Loopback.HOST + ":" + port).stream()
                .map(uri -> Sighting.of(uri, RawHttp.send(port, "GET " + uri + " HTTP/1.1")))
                .toList();

        assertThat(sightings).hasSizeGreaterThanOrEqualTo(LEAST_URIS);
        assertThat(sightings)
                .as("each of the servlets is reached in some unusual way")
                .filteredOn(sighting -> sighting.uri().contains("%"))
                .extracting(Sighting::ran)
                .contains("login", "admin", "json", "default");
        assertThat(sightings.stream().flatMap(sighting -> sighting.faults().stream()))
                .as(() -> "%s, %s:%n%s".formatted(container, rules, table(sightings)))
                .isEmpty();
    }

    private static String table(List<Sighting> sightings) {
        return sightings.stream()
                .sorted((a, b) ->
                        Boolean.compare(a.faults().isEmpty(), b.faults().isEmpty()))
                .map(Sighting::toString)
                .collect(Collectors.joining("\n"));
    }
}
