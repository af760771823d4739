package dev.sluice.containers.child;

import dev.sluice.testing.Loopback;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

import java.util.List;

/** What all environments of Jetty have in common. */
final class Jetty {

    private Jetty() {}

    static int start(UriRules rules, List<ContextHandler> contexts) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        if (rules != UriRules.STRICT) {
            http.setUriCompliance(UriCompliance.UNSAFE);
        }
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(Loopback.HOST);
        server.addConnector(connector);
        server.setHandler(new ContextHandlerCollection(contexts.toArray(ContextHandler[]::new)));
        server.start();
        return connector.getLocalPort();
    }

    static String contextPath(Site site) {
        return site.contextPath().isEmpty() ? "/" : site.contextPath();
    }
}
