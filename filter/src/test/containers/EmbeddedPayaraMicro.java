import dev.sluice.containers.child.EmbeddedServer;
import dev.sluice.containers.child.Launch;
import dev.sluice.containers.child.Setting;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One Payara Micro with a listener for each setting, so that an application of any setting is one of all. */
public final class EmbeddedPayaraMicro implements EmbeddedServer {

    private static final String LISTENER =
            "configs.config.server-config.network-config.network-listeners.network-listener.http-listener.";

    private static final Set<Setting> SETTINGS = Set.of(Setting.PLAIN, Setting.IPV6);

    private final Map<Setting, Integer> ports = new EnumMap<>(Setting.class);
    private final Set<String> deployed = new HashSet<>();
    private final PayaraMicroRuntime server;

    private EmbeddedPayaraMicro() throws Exception {
        for (Setting setting : SETTINGS) {
            ports.put(setting, freePort(setting));
        }
        PayaraMicro micro = PayaraMicro.getInstance();
        micro.setHttpPort(ports.get(Setting.PLAIN));
        micro.setNoHazelcast(true);
        micro.setPrintLogo(false);
        micro.setPreBootHandler(
                commands -> commands.run("set", LISTENER + "address=" + Setting.PLAIN.host()));
        micro.setPostBootHandler(commands -> commands.run(
                "create-http-listener",
                "--listeneraddress=" + Setting.IPV6.host(),
                "--listenerport=" + ports.get(Setting.IPV6),
                "--default-virtual-server=server",
                "ipv6"));
        server = micro.bootStrap();
    }

    public static void main(String... arguments) throws Exception {
        Launch.serve(new EmbeddedPayaraMicro());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        if (deployed.add(contextPath)
                && !server.deploy(name(contextPath), contextPath.isEmpty() ? "/" : contextPath, war.toFile())) {
            throw new IllegalStateException(contextPath + " has not been deployed");
        }
        return ports.get(setting);
    }

    @Override
    public void undeploy(Setting setting, String contextPath) {
        deployed.remove(contextPath);
        server.undeploy(name(contextPath));
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
