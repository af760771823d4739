import dev.sluice.containers.child.EmbeddedServer;
import dev.sluice.containers.child.Launch;
import dev.sluice.containers.child.Setting;
import dev.sluice.containers.child.War;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Undertow knows no WARs: the filter is registered in code, as are the servlets. */
public final class EmbeddedUndertow implements EmbeddedServer {

    private static final String NAME = "rate-limit";

    private final ServletContainer container = Servlets.defaultContainer();
    private final Map<Setting, Undertow> started = new EnumMap<>(Setting.class);
    private final Map<Setting, PathHandler> paths = new EnumMap<>(Setting.class);
    private final Map<String, URLClassLoader> loaders = new HashMap<>();

    public static void main(String... arguments) throws IOException {
        Launch.serve(new EmbeddedUndertow());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        if (!started.containsKey(setting)) {
            start(setting);
        }
        War content = War.unpack(war);
        URLClassLoader loader = content.loader();
        DeploymentInfo application = Servlets.deployment()
                .setClassLoader(loader)
                .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
                .setDeploymentName(setting + contextPath)
                .addFilter(Servlets.filter(NAME, load(loader, "dev.sluice.RateLimitFilter", Filter.class))
                        .setAsyncSupported(true));
        Set<DispatcherType> dispatches = content.filtersAllDispatches()
                ? EnumSet.allOf(DispatcherType.class)
                : EnumSet.of(DispatcherType.REQUEST);
        dispatches.forEach(type -> application.addFilterUrlMapping(NAME, "/*", type));
        for (Map.Entry<String, String> servlet : content.servlets().entrySet()) {
            application.addServlet(
                    Servlets.servlet(servlet.getKey(), load(loader, servlet.getValue(), Servlet.class))
                            .setAsyncSupported(true)
                            .addMappings(content.patterns(servlet.getKey())));
        }
        content.errorPages()
                .forEach((status, path) -> application.addErrorPage(Servlets.errorPage(path, status)));
        DeploymentManager manager = container.addDeployment(application);
        manager.deploy();
        paths.get(setting).addPrefixPath(application.getContextPath(), manager.start());
        loaders.put(setting + contextPath, loader);
        return ((InetSocketAddress) started.get(setting).getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void undeploy(Setting setting, String contextPath) throws Exception {
        DeploymentManager manager = container.getDeployment(setting + contextPath);
        paths.get(setting).removePrefixPath(contextPath.isEmpty() ? "/" : contextPath);
        DeploymentInfo application = manager.getDeployment().getDeploymentInfo();
        manager.stop();
        manager.undeploy();
        container.removeDeployment(application);
        loaders.remove(setting + contextPath).close();
    }

    private void start(Setting setting) {
        PathHandler all = Handlers.path();
        HttpHandler handler = setting == Setting.BEHIND_PROXY ? Handlers.proxyPeerAddress(all) : all;
        Undertow server = Undertow.builder()
                .addHttpListener(0, setting.host())
                .setHandler(handler)
                .build();
        server.start();
        started.put(setting, server);
        paths.put(setting, all);
    }

    private static <T> Class<? extends T> load(ClassLoader loader, String name, Class<T> type) throws Exception {
        return loader.loadClass(name).asSubclass(type);
    }
}
