package dev.sluice.containers.child;

import dev.sluice.testing.Loopback;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

import java.nio.file.Files;
import java.util.List;

/** Tomcat 10.1 and 11, which differ in nothing that is asked of them here. */
public final class EmbeddedTomcat implements EmbeddedServer {

    private EmbeddedTomcat() {}

    /** @param arguments the address of Redis */
    public static void main(String... arguments) throws Exception {
        Launch.serve(new EmbeddedTomcat(), arguments[0]);
    }

    @Override
    public int start(UriRules rules, List<Site> sites) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat-").toString());
        tomcat.getEngine().setName("Tomcat-" + rules); // names its MBeans
        Connector connector = connector(rules);
        tomcat.setConnector(connector);
        for (Site site : sites) {
            Context context = tomcat.addContext(site.contextPath(), null);
            context.addServletContainerInitializer(site.content(), null);
            site.errorPages().forEach((status, path) -> context.addErrorPage(errorPage(status, path)));
        }
        tomcat.start();
        return connector.getLocalPort();
    }

    private static Connector connector(UriRules rules) {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", Loopback.HOST);
        if (rules != UriRules.STRICT) {
            String handling = rules == UriRules.DECODED ? "decode" : "passthrough";
            connector.setEncodedSolidusHandling(handling);
            connector.setEncodedReverseSolidusHandling(handling);
            connector.setAllowBackslash(true);
            connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
            connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
        }
        return connector;
    }

    private static ErrorPage errorPage(int status, String path) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(path);
        return page;
    }
}
