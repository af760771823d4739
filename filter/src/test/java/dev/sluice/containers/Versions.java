package dev.sluice.containers;

import java.util.regex.Pattern;

/** The versions of the containers, from where the build has them. */
final class Versions {

    private Versions() {}

    static String of(Container container) {
        Pattern property =
                Pattern.compile(Pattern.quote("<" + container.traits().version() + ">") + "([^<]+)<");
        return Folders.poms().stream()
                .flatMap(pom -> property.matcher(pom).results())
                .map(found -> found.group(1))
                .filter(value -> !value.startsWith("${"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no version of " + container));
    }
}
