package dev.sluice.containers.child;

import java.nio.file.Path;

/** A container in this JVM, once for each {@link Setting} that is asked for. */
public interface EmbeddedServer {

    /**
     * Starts the container in this setting if it does not run yet.
     *
     * @param contextPath empty for the root
     * @return the port on loopback on which the application is served
     */
    int deploy(Setting setting, String contextPath, Path war) throws Exception;

    void undeploy(Setting setting, String contextPath) throws Exception;
}
