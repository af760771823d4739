import dev.sluice.containers.child.EmbeddedServer;
import dev.sluice.containers.child.Launch;
import dev.sluice.containers.child.Setting;
import org.glassfish.embeddable.CommandResult;
import org.glassfish.embeddable.GlassFish;
import org.glassfish.embeddable.GlassFishProperties;
import org.glassfish.embeddable.GlassFishRuntime;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** One GlassFish with a listener for each setting, so that an application of any setting is one of all. */
public final class EmbeddedGlassFish implements EmbeddedServer {

    private static final String LISTENER =
            "embedded-glassfish-config.server.network-config.network-listeners.network-listener.http-listener.";

    private final Map<Setting, Integer> ports = new EnumMap<>(Setting.class);
    private final Map<String, Boolean> deployed = new java.util.HashMap<>();
    private final GlassFish server;

    private EmbeddedGlassFish() throws Exception {
        ports.put(Setting.PLAIN, freePort(Setting.PLAIN));
        GlassFishProperties properties = new GlassFishProperties();
        properties.setPort("http-listener", ports.get(Setting.PLAIN));
        properties.setProperty(LISTENER + "address", Setting.PLAIN.host());
        server = GlassFishRuntime.bootstrap().newGlassFish(properties);
        server.start();
    }

    public static void main(String... arguments) throws Exception {
        Launch.serve(new EmbeddedGlassFish());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        if (!ports.containsKey(setting)) {
            listen(setting);
        }
        if (deployed.putIfAbsent(contextPath, true) == null) {
            String name = name(contextPath);
            String answer = server.getDeployer()
                    .deploy(war.toFile(), "--name", name, "--contextroot", contextPath.isEmpty() ? "/" : contextPath);
            if (answer == null) {
                throw new IllegalStateException(contextPath + " has not been deployed");
            }
        }
        return ports.get(setting);
    }

    @Override
    public void undeploy(Setting setting, String contextPath) throws Exception {
        deployed.remove(contextPath);
        server.getDeployer().undeploy(name(contextPath));
    }

    private void listen(Setting setting) throws Exception {
        int port = freePort(setting);
        CommandResult result = server.getCommandRunner()
                .run(
                        "create-http-listener",
                        "--listeneraddress=" + setting.host(),
                        "--listenerport=" + port,
                        "--default-virtual-server=server",
                        "listener-" + setting);
        if (result.getExitStatus() != CommandResult.ExitStatus.SUCCESS) {
            throw new IllegalStateException(result.getOutput(), result.getFailureCause());
        }
        ports.put(setting, port);
    }

    private static String name(String contextPath) {
        return contextPath.isEmpty() ? "root" : contextPath.substring(1);
    }

    private static int freePort(Setting setting) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(setting.host()))) {
            return socket.getLocalPort();
        }
    }
}
