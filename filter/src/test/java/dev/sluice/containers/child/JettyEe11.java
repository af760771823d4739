package dev.sluice.containers.child;

import org.eclipse.jetty.ee11.webapp.WebAppContext;

import java.io.IOException;
import java.nio.file.Path;

/** Jetty 12 with the servlets of Jakarta EE 11. */
public final class JettyEe11 implements EmbeddedServer {

    private final Jetty jetty = new Jetty();

    private JettyEe11() {}

    public static void main(String... arguments) throws IOException {
        Launch.serve(new JettyEe11());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        WebAppContext application = new WebAppContext(war.toString(), contextPath.isEmpty() ? "/" : contextPath);
        application.setThrowUnavailableOnStartupException(true);
        application.getServletHandler().setDecodeAmbiguousURIs(setting == Setting.DECODED);
        return jetty.deploy(setting, application);
    }

    @Override
    public void undeploy(Setting setting, String contextPath) throws Exception {
        jetty.undeploy(setting, contextPath);
    }
}
