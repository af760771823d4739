package dev.sluice.dropin.child;

import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Tomcat with some WAR folders. It takes one away at the word of its parent, and says whether anything keeps it. */
public final class DropInTomcat {

    private static final int GC_ATTEMPTS = 40;
    private static final long GC_PAUSE_MILLIS = 250;

    private final Tomcat tomcat = new Tomcat();

    private DropInTomcat() {}

    /** @param arguments {@code /context=folder} each */
    public static void main(String... arguments) throws Exception {
        DropInTomcat server = new DropInTomcat();
        System.out.println("port " + server.start(arguments));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String context = commands.readLine(); context != null; context = commands.readLine()) {
            System.out.println(context + (server.isGone(server.undeploy(context)) ? " is gone" : " is kept"));
        }
        System.exit(0);
    }

    private int start(String... wars) throws Exception {
        Path base = Files.createTempDirectory("tomcat-");
        Files.createDirectories(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        tomcat.setAddDefaultWebXmlToWebapp(false); // it names a JSP engine, which is not there
        for (String war : wars) {
            int equals = war.indexOf('=');
            tomcat.addWebapp(war.substring(0, equals), war.substring(equals + 1));
        }
        tomcat.start();
        return connector.getLocalPort();
    }

    private WeakReference<ClassLoader> undeploy(String contextPath) {
        Container context = tomcat.getHost().findChild(contextPath);
        WeakReference<ClassLoader> loader =
                new WeakReference<>(((Context) context).getLoader().getClassLoader());
        tomcat.getHost().removeChild(context);
        return loader;
    }

    private boolean isGone(WeakReference<ClassLoader> loader) throws InterruptedException {
        for (int i = 0; i < GC_ATTEMPTS && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(GC_PAUSE_MILLIS);
        }
        return loader.get() == null;
    }
}
