package dev.sluice.containers.child;

import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.handler.ContextHandler;

import java.util.ArrayList;
import java.util.List;

/** Jetty 12 with the servlets of Jakarta EE 11. */
public final class JettyEe11 implements EmbeddedServer {

    private JettyEe11() {}

    /** @param arguments the address of Redis */
    public static void main(String... arguments) throws Exception {
        Launch.serve(new JettyEe11(), arguments[0]);
    }

    @Override
    public int start(UriRules rules, List<Site> sites) throws Exception {
        List<ContextHandler> contexts = new ArrayList<>();
        for (Site site : sites) {
            ServletContextHandler context =
                    new ServletContextHandler(Jetty.contextPath(site), ServletContextHandler.SESSIONS);
            context.addServletContainerInitializer(site.content());
            context.getServletHandler().setDecodeAmbiguousURIs(rules == UriRules.DECODED);
            ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
            site.errorPages().forEach(pages::addErrorPage);
            context.setErrorHandler(pages);
            contexts.add(context);
        }
        return Jetty.start(rules, contexts);
    }
}
