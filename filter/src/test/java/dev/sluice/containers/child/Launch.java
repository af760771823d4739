package dev.sluice.containers.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Obeys its parent, one command a line, until the parent is gone:
 *
 * <pre>
 * &#64;1 deploy PLAIN /shop /folder/shop.war
 * &#64;2 undeploy PLAIN /shop
 * </pre>
 *
 * Answers each with its number and {@code done}, after {@code deploy} followed by the port, or {@code failed}.
 */
public final class Launch {

    private Launch() {}

    public static void serve(EmbeddedServer server) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String number = command.substring(0, command.indexOf(' '));
            try {
                System.out.println(number + " done" + obey(server, command.split(" ")));
            } catch (Exception e) { // whatever a container throws: the parent wants to know
                e.printStackTrace();
                System.out.println(number + " failed " + e);
            }
        }
        Runtime.getRuntime().halt(0); // no container is worth the wait
    }

    private static String obey(EmbeddedServer server, String... words) throws Exception {
        Setting setting = Setting.valueOf(words[2]);
        String contextPath = words[3].equals("/") ? "" : words[3];
        if (words[1].equals("undeploy")) {
            server.undeploy(setting, contextPath);
            return "";
        }
        return " " + server.deploy(setting, contextPath, Path.of(words[4]));
    }
}
