package dev.sluice.containers.child;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.util.EnumMap;
import java.util.Map;

/** What all environments of Jetty have in common. */
final class Jetty {

    private final Map<Setting, Server> started = new EnumMap<>(Setting.class);

    int deploy(Setting setting, ContextHandler application) throws Exception {
        Server server = started.get(setting);
        if (server == null) {
            server = start(setting);
            started.put(setting, server);
        }
        Callback.Completable deployed = new Callback.Completable();
        contexts(server).deployHandler(application, deployed);
        deployed.get();
        application.start();
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    void undeploy(Setting setting, String contextPath) throws Exception {
        ContextHandlerCollection contexts = contexts(started.get(setting));
        ContextHandler application = contexts.getDescendants(ContextHandler.class).stream()
                .filter(each -> each.getContextPath().equals(contextPath))
                .findFirst()
                .orElseThrow();
        application.stop();
        Callback.Completable undeployed = new Callback.Completable();
        contexts.undeployHandler(application, undeployed);
        undeployed.get();
    }

    private static ContextHandlerCollection contexts(Server server) {
        return (ContextHandlerCollection) server.getHandler();
    }

    private static Server start(Setting setting) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool();
        if (setting == Setting.VIRTUAL_THREADS) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        HttpConfiguration http = new HttpConfiguration();
        if (setting == Setting.DECODED || setting == Setting.UNDECODED) {
            http.setUriCompliance(UriCompliance.UNSAFE);
        }
        if (setting == Setting.BEHIND_PROXY) {
            http.addCustomizer(new ForwardedRequestCustomizer());
        }
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(setting.host());
        server.addConnector(connector);
        server.setHandler(new ContextHandlerCollection());
        server.start();
        return server;
    }
}
