package dev.sluice.containers.child;

import java.util.List;

/** A container that this JVM can start as often as it likes. */
interface EmbeddedServer {

    /** @return the port on loopback on which it serves these sites */
    int start(UriRules rules, List<Site> sites) throws Exception;
}
