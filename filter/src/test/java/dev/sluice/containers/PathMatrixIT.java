package dev.sluice.containers;

import dev.sluice.containers.child.Setting;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RawHttp;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However a URI is written and however the container is told to read it: if a protected servlet ran, its policy was charged; and what
 * does not run is refused with 400 or 404.
 */
@ExtendWith(Containers.Shared.class)
class PathMatrixIT {

    private static final int LEAST_URIS = 80;

    private static final List<Setting> SETTINGS = List.of(Setting.PLAIN, Setting.DECODED, Setting.UNDECODED);

    @Promised(Promise.PATHS)
    void chargesThePolicyOfEveryProtectedServletThatRan(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        SETTINGS.stream().filter(container::has).forEach(setting -> {
            running.port(setting, Sites.PATHS_BELOW);
            check(container + ", " + setting, running.port(setting, Sites.PATHS), container.traits());
        });
    }

    private static void check(String where, int port, Traits traits) {
        List<Sighting> sightings = RawUris.all(Loopback.HOST + ":" + port).stream()
                .filter(uri -> !traits.unfiltered().contains(uri))
                .map(uri -> Sighting.of(uri, RawHttp.send(port, "GET " + uri + " HTTP/1.1")))
                .toList();

        assertThat(sightings).hasSizeGreaterThanOrEqualTo(LEAST_URIS);
        assertThat(sightings)
                .as("each of the servlets is reached in some unusual way")
                .filteredOn(sighting -> sighting.uri().contains("%"))
                .extracting(Sighting::ran)
                .contains("login", "admin", "json", "rest");
        assertThat(sightings.stream()
                        .flatMap(sighting ->
                                sighting.faults(traits.ownStatuses()).stream().map(fault -> fault + ": " + sighting)))
                .as(where)
                .isEmpty();
    }
}
