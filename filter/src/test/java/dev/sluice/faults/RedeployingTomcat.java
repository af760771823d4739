package dev.sluice.faults;

import dev.sluice.testing.Loopback;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A Tomcat in a JVM of its own that deploys a WAR folder and takes it away again, at the word of its parent: one command
 * a line, one line of answer. Its class path has Tomcat and none of what is in the WAR.
 */
final class RedeployingTomcat {

    /** Before each of the complaints in {@code left}. */
    static final String COMPLAINT = " ## ";

    private static final int GC_ATTEMPTS = 40;
    private static final long GC_PAUSE_MILLIS = 250;

    /** Of the JVM and of Tomcat itself, which come and go as they like. */
    private static final List<String> OTHERS = List.of("java.", "jdk.", "com.sun.", "JMImplementation", "Tomcat");

    /** Warns if it took a tenth of a second to seed its random numbers: of the machine, and of nothing that was left. */
    private static final Logger SEEDING = Logger.getLogger("org.apache.catalina.util.SessionIdGeneratorBase");

    private final String war;
    private final Tomcat tomcat = new Tomcat();
    private final Complaints complaints = new Complaints();
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private @Nullable StandardContext context;

    private RedeployingTomcat(String war) {
        this.war = war;
    }

    /** @param arguments the WAR folder */
    public static void main(String... arguments) throws Exception {
        RedeployingTomcat server = new RedeployingTomcat(arguments[0]);
        System.out.println("port " + server.start());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            System.out.println(server.obey(command));
        }
        System.exit(0);
    }

    private int start() throws Exception {
        Logger.getLogger("org.apache").addHandler(complaints);
        SEEDING.setLevel(Level.SEVERE);
        tomcat.setBaseDir(Files.createTempDirectory("tomcat-").toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", Loopback.HOST);
        tomcat.setConnector(connector);
        tomcat.getHost(); // makes it
        tomcat.getEngine()
                .setBackgroundProcessorDelay(-1); // or Tomcat may report its own thread, busy with the context
        tomcat.start();
        return connector.getLocalPort();
    }

    private String obey(String command) throws Exception {
        return switch (command) {
            case "deploy" -> deploy();
            case "undeploy" -> "undeployed in " + undeploy();
            case "flash" -> deploy() + " and undeployed in " + undeploy();
            case "left" -> left();
            default -> throw new IllegalArgumentException(command);
        };
    }

    private String deploy() {
        long before = System.nanoTime();
        StandardContext deployed = new StandardContext();
        deployed.setName("");
        deployed.setPath("");
        deployed.setDocBase(war);
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        deployed.addLifecycleListener(config);
        deployed.addLifecycleListener(event -> {
            if (event.getType().equals("after_start")) {
                loaders.add(new WeakReference<>(deployed.getLoader().getClassLoader()));
            }
        });
        tomcat.getHost().addChild(deployed);
        context = deployed;
        return "deployed in " + millisSince(before) + ", available "
                + deployed.getState().isAvailable();
    }

    private long undeploy() {
        long before = System.nanoTime();
        tomcat.getHost().removeChild(context);
        context = null;
        return millisSince(before);
    }

    private static long millisSince(long beforeNanos) {
        return (System.nanoTime() - beforeNanos) / 1_000_000;
    }

    /** In one line, what is there that should not be. */
    private String left() throws InterruptedException {
        long alive = loaders.size();
        for (int i = 0; i < GC_ATTEMPTS && alive > 0; i++) {
            System.gc();
            alive = loaders.stream().filter(loader -> loader.get() != null).count();
            if (alive > 0) {
                Thread.sleep(GC_PAUSE_MILLIS);
            }
        }
        return "left class loaders " + alive + " of " + loaders.size() + ", threads " + threads() + ", beans " + beans()
                + ", complaints " + complaints.soFar();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sluice-"))
                .sorted()
                .toList();
    }

    private static TreeSet<String> beans() {
        TreeSet<String> beans = new TreeSet<>();
        ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
                .filter(bean -> OTHERS.stream().noneMatch(bean.getDomain()::startsWith))
                .forEach(bean -> beans.add(bean.toString()));
        return beans;
    }

    /** All that Tomcat warns of: of leaks, of exceptions. */
    private static final class Complaints extends Handler {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        List<String> soFar() {
            return List.copyOf(lines);
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                StringWriter text = new StringWriter();
                text.write(record.getMessage());
                if (record.getThrown() != null) {
                    record.getThrown().printStackTrace(new PrintWriter(text));
                }
                lines.add(COMPLAINT + text.toString().replace('\n', '|'));
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
