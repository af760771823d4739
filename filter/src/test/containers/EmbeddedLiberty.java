import com.ibm.wsspi.kernel.embeddable.Server;
import com.ibm.wsspi.kernel.embeddable.ServerBuilder;
import dev.sluice.containers.child.EmbeddedServer;
import dev.sluice.containers.child.Launch;
import dev.sluice.containers.child.Setting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One Open Liberty with an endpoint for each setting; an application is a file in its configuration, which it watches. */
public final class EmbeddedLiberty implements EmbeddedServer {

    private static final long PAUSE_MILLIS = 50;

    private final Map<Setting, Integer> ports = new EnumMap<>(Setting.class);
    private final Set<String> deployed = new HashSet<>();
    private final Path folder;

    private EmbeddedLiberty() throws Exception {
        Path user = Files.createTempDirectory("liberty-");
        folder = Files.createDirectories(user.resolve("servers/suite"));
        Files.createDirectories(folder.resolve("configDropins/overrides"));
        Files.writeString(folder.resolve("server.xml"), """
                <server>
                  <featureManager>
                    <feature>servlet-6.0</feature>
                    <feature>mpConfig-3.1</feature>
                    <feature>cdi-4.0</feature>
                  </featureManager>
                  <config updateTrigger="polled" monitorInterval="100ms"/>
                  <applicationMonitor dropinsEnabled="false"/>
                %s%s%s</server>
                """.formatted(
                        endpoint(Setting.PLAIN, "defaultHttpEndpoint", ""),
                        endpoint(Setting.BEHIND_PROXY, "behindProxy", "<remoteIp/>"),
                        endpoint(Setting.IPV6, "ipv6", "")));
        Server server = new ServerBuilder().setName("suite").setUserDir(user.toFile()).build();
        if (!server.start().get().successful()) {
            throw new IllegalStateException("Open Liberty has not started: " + folder);
        }
    }

    public static void main(String... arguments) throws Exception {
        Launch.serve(new EmbeddedLiberty());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        if (deployed.add(contextPath)) {
            long before = count("CWWKZ0001I", name(contextPath));
            Files.writeString(file(contextPath), """
                    <server>
                      <webApplication name="%s" location="%s" contextRoot="%s"/>
                    </server>
                    """.formatted(name(contextPath), war, contextPath.isEmpty() ? "/" : contextPath));
            awaitMoreThan(before, "CWWKZ0001I", name(contextPath));
        }
        return ports.get(setting);
    }

    @Override
    public void undeploy(Setting setting, String contextPath) throws Exception {
        long before = count("CWWKZ0009I", name(contextPath));
        deployed.remove(contextPath);
        Files.delete(file(contextPath));
        awaitMoreThan(before, "CWWKZ0009I", name(contextPath));
    }

    private String endpoint(Setting setting, String id, String content) throws IOException {
        int port = freePort(setting);
        ports.put(setting, port);
        return "  <httpEndpoint id=\"" + id + "\" host=\"" + setting.host() + "\" httpPort=\"" + port
                + "\" httpsPort=\"-1\">" + content + "</httpEndpoint>\n";
    }

    private Path file(String contextPath) {
        return folder.resolve("configDropins/overrides/" + name(contextPath) + ".xml");
    }

    /** The parent waits for no more than its own patience. */
    private void awaitMoreThan(long before, String message, String application) throws Exception {
        while (count(message, application) <= before) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private long count(String message, String application) throws IOException {
        Path log = folder.resolve("logs/messages.log");
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(message) && line.contains(" " + application + " "))
                .count();
    }

    private static String name(String contextPath) {
        return contextPath.isEmpty() ? "root" : contextPath.substring(1);
    }

    private static int freePort(Setting setting) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(setting.host()))) {
            return socket.getLocalPort();
        }
    }
}
