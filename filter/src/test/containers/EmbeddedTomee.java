import dev.sluice.containers.child.EmbeddedServer;
import dev.sluice.containers.child.Launch;
import dev.sluice.containers.child.Setting;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomee.embedded.Configuration;
import org.apache.tomee.embedded.Container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** TomEE 9 and 10, of which there can be one in a JVM. Its context paths are file names, and it unpacks beside the file. */
public final class EmbeddedTomee implements EmbeddedServer {

    private final Map<Setting, Connector> connectors = new EnumMap<>(Setting.class);
    private final Set<String> deployed = new HashSet<>();
    private final Container container = new Container();
    private final Path folder = Files.createTempDirectory("tomee-");

    private EmbeddedTomee() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setHost(Setting.PLAIN.host());
        configuration.randomHttpPort();
        configuration.setStopPort(-1);
        configuration.property("connector.attributes.address", Setting.PLAIN.host());
        configuration.setDir(folder.resolve("base").toString());
        container.setup(configuration);
        container.start();
        connectors.put(Setting.PLAIN, container.getTomcat().getConnector());
    }

    public static void main(String... arguments) throws Exception {
        Launch.serve(new EmbeddedTomee());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        if (!connectors.containsKey(setting)) {
            listen(setting);
        }
        if (deployed.add(contextPath)) {
            String name = name(contextPath);
            Path copy = Files.createTempDirectory(folder, "deployed-").resolve(name + ".war");
            container.deploy(name, Files.copy(war, copy).toFile());
        }
        return connectors.get(setting).getLocalPort();
    }

    @Override
    public void undeploy(Setting setting, String contextPath) throws Exception {
        deployed.remove(contextPath);
        container.undeploy(name(contextPath));
    }

    private void listen(Setting setting) {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", setting.host());
        container.getTomcat().getService().addConnector(connector);
        connectors.put(setting, connector);
        if (setting == Setting.BEHIND_PROXY) {
            container.getTomcat().getEngine().getPipeline().addValve(new ValveOf(connector));
        }
    }

    private static String name(String contextPath) {
        return contextPath.isEmpty() ? "ROOT" : contextPath.substring(1);
    }

    /** Reads what proxies say, at one connector. */
    private static final class ValveOf extends RemoteIpValve {

        private final Connector connector;

        ValveOf(Connector connector) {
            this.connector = connector;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getConnector() == connector) {
                super.invoke(request, response);
            } else {
                getNext().invoke(request, response);
            }
        }
    }
}
