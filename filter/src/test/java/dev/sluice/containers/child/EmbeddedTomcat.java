package dev.sluice.containers.child;

import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Tomcat 10.1 and 11, which differ in nothing that is asked of them here. */
public final class EmbeddedTomcat implements EmbeddedServer {

    private final Map<Setting, Tomcat> started = new EnumMap<>(Setting.class);

    private EmbeddedTomcat() {}

    public static void main(String... arguments) throws IOException {
        Launch.serve(new EmbeddedTomcat());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        Tomcat tomcat = started.get(setting);
        if (tomcat == null) {
            tomcat = start(setting);
            started.put(setting, tomcat);
        }
        Context context = tomcat.addWebapp(contextPath, war.toString());
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException(contextPath + " has not started");
        }
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void undeploy(Setting setting, String contextPath) {
        Tomcat tomcat = started.get(setting);
        tomcat.getHost().removeChild(tomcat.getHost().findChild(contextPath));
    }

    private static Tomcat start(Setting setting) throws Exception {
        Tomcat tomcat = new Tomcat();
        Path base = Files.createTempDirectory("tomcat-");
        Files.createDirectories(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString());
        tomcat.getEngine().setName("Tomcat-" + setting); // names its MBeans
        if (setting == Setting.BEHIND_PROXY) {
            tomcat.getEngine().getPipeline().addValve(new RemoteIpValve());
        }
        tomcat.setConnector(connector(setting));
        tomcat.start();
        return tomcat;
    }

    private static Connector connector(Setting setting) {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", setting.host());
        switch (setting) {
            case DECODED -> letIn(connector, "decode");
            case UNDECODED -> letIn(connector, "passthrough");
            case VIRTUAL_THREADS -> connector.getProtocolHandler().setExecutor(new VirtualThreadExecutor("virtual-"));
            default -> {
                // as it comes
            }
        }
        return connector;
    }

    private static void letIn(Connector connector, String handling) {
        connector.setEncodedSolidusHandling(handling);
        connector.setEncodedReverseSolidusHandling(handling);
        connector.setAllowBackslash(true);
        connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
        connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
    }
}
