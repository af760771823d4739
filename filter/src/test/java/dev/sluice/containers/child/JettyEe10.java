package dev.sluice.containers.child;

import org.eclipse.jetty.ee10.webapp.WebAppContext;

import java.io.IOException;
import java.nio.file.Path;

/** Jetty 12 with the servlets of Jakarta EE 10. */
public final class JettyEe10 implements EmbeddedServer {

    private final Jetty jetty = new Jetty();

    private JettyEe10() {}

    public static void main(String... arguments) throws IOException {
        Launch.serve(new JettyEe10());
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
