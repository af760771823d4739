import dev.sluice.containers.child.EmbeddedServer;
import dev.sluice.containers.child.Launch;
import dev.sluice.containers.child.Setting;
import io.quarkus.bootstrap.runner.QuarkusEntryPoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/** The application that Quarkus was built around, whichever WAR is asked for; it starts again for each setting. */
public final class EmbeddedQuarkus implements EmbeddedServer {

    private static final long PAUSE_MILLIS = 50;

    public static void main(String... arguments) throws IOException {
        Launch.serve(new EmbeddedQuarkus());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        int port = freePort(setting);
        System.setProperty("quarkus.http.host", setting.host());
        System.setProperty("quarkus.http.port", Integer.toString(port));
        System.setProperty(
                "quarkus.http.proxy.proxy-address-forwarding", Boolean.toString(setting == Setting.BEHIND_PROXY));
        System.setProperty("quarkus.http.proxy.allow-x-forwarded", "true");
        Thread quarkus = new Thread(EmbeddedQuarkus::run, "quarkus-" + setting);
        quarkus.start();
        while (!isUp(setting, port)) {
            if (!quarkus.isAlive()) {
                throw new IllegalStateException("Quarkus has ended");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return port;
    }

    @Override
    public void undeploy(Setting setting, String contextPath) {
        throw new UnsupportedOperationException("Quarkus ends with its JVM");
    }

    private static void run() {
        try {
            QuarkusEntryPoint.main();
        } catch (Throwable e) {
            e.printStackTrace();
        }
    }

    private static boolean isUp(Setting setting, int port) {
        try (Socket socket = new Socket(setting.host(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort(Setting setting) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(setting.host()))) {
            return socket.getLocalPort();
        }
    }
}
