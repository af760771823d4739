package dev.sluice.runner;

import jakarta.servlet.ServletException;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.Map;

/** One web application in an embedded Jetty. Confined to one thread. */
final class WarServer implements AutoCloseable {

    /** Where the filter looks for what a {@code .env} file says, a map of strings. */
    private static final String ENVIRONMENT = "dev.sluice.environment";

    private static final int STOP_MILLIS = 3_000;

    private final Server server = new Server();
    private final ServerConnector connector;
    private final Path war;

    /**
     * @param folder where the WAR is unpacked
     * @param dotEnv for the filter in it
     */
    WarServer(Path war, TemporaryFolder folder, Map<String, String> dotEnv) {
        this.war = war;
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        server.addConnector(connector);

        WebAppContext application = new WebAppContext();
        application.setContextPath("/");
        application.setWar(war.toString());
        application.setTempDirectory(folder.resolve("webapp").toFile());
        application.setAttribute(ENVIRONMENT, dotEnv);
        application.setThrowUnavailableOnStartupException(true);
        server.setHandler(new GracefulHandler(application));
        server.setStopTimeout(STOP_MILLIS);
    }

    void start(String host, int port) throws StartException {
        connector.setHost(host);
        connector.setPort(port);
        try {
            connector.open(); // before the application, which takes longer
        } catch (IOException taken) {
            throw new StartException(
                    "Cannot listen on " + connector.getHost() + ":" + connector.getPort() + ": " + reason(taken));
        }
        try {
            server.start();
        } catch (Exception failed) { // whatever an application throws
            throw new StartException("Cannot deploy " + war.getFileName() + ": " + reason(failed));
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) { // whatever an application throws; the rest is closed all the same
            System.err.println(war.getFileName() + " did not stop cleanly: " + reason(failed));
        }
    }

    private static String reason(Throwable failed) {
        if (failed.getCause() != null) {
            return reason(failed.getCause());
        } else if (failed instanceof UnresolvedAddressException) {
            return "unknown host";
        }
        // These two are written for people; of others the message alone is often a riddle.
        return failed instanceof ServletException || failed instanceof BindException
                ? String.valueOf(failed.getMessage())
                : failed.toString();
    }
}
