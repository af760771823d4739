package dev.sluice.check;

import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationReader;
import dev.sluice.config.Deployment;
import dev.sluice.config.Settings;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code java -jar} of the standalone jar runs. Exit code 0: nothing wrong, or warnings only; 1: faults; 2: the command
 * line cannot be understood.
 */
public final class Main {

    static final int GOOD = 0;
    static final int FAULTS = 1;
    static final int USAGE = 2;

    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream errors;

    Main(Map<String, String> environment, Clock clock, PrintStream out, PrintStream errors) {
        this.environment = environment;
        this.clock = clock;
        this.out = out;
        this.errors = errors;
    }

    /** Ends the JVM. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new Main(System.getenv(), Clock.systemUTC(), out, System.err).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            Invocation invocation = Arguments.parse(arguments);
            if (invocation instanceof Invocation.Examine examine) {
                return check(examine.place());
            } else if (invocation instanceof Invocation.ExplainRequest explain) {
                return explain(explain);
            }
            out.print(Arguments.HELP);
            return GOOD;
        } catch (UsageException mistake) {
            errors.println(mistake.getMessage());
            errors.println("--help tells how to use this");
            return USAGE;
        }
    }

    private int check(Invocation.Place place) {
        Printout printout = new Printout(out, place);
        Findings findings = new Findings();
        printout.sources();
        place.file().ifPresent(file -> new NamesOfFile(findings).examine(file));
        try {
            new Check(findings, printout, clock).run(reader(place).read());
        } catch (ConfigurationException unusable) {
            unusable.mistakes().forEach(mistake -> findings.add(Code.UNUSABLE, mistake));
        }
        printout.findings(findings);
        return findings.count(Code.Severity.FAULT) == 0 ? GOOD : FAULTS;
    }

    private int explain(Invocation.ExplainRequest explain) {
        Printout printout = new Printout(out, explain.place());
        Findings findings = new Findings();
        try {
            Settings settings = reader(explain.place()).read();
            new Explain(settings, findings, printout).run(explain.request());
        } catch (ConfigurationException unusable) {
            unusable.mistakes().forEach(mistake -> findings.add(Code.UNUSABLE, mistake));
        }
        if (findings.all().isEmpty()) {
            return GOOD;
        }
        printout.findings(findings);
        return findings.count(Code.Severity.FAULT) == 0 ? GOOD : FAULTS;
    }

    private ConfigurationReader reader(Invocation.Place place) {
        ClassLoader own = Main.class.getClassLoader();
        Deployment usual = Deployment.of(
                "check",
                Map.of(),
                Map.of(),
                place.file()
                        .<ClassLoader>map(file -> new ConfigurationFile(file, own))
                        .orElse(own));
        return new ConfigurationReader(new Deployment(
                usual.filterName(),
                usual.initParams(),
                usual.dotEnv(),
                environment,
                () -> {
                    Map<String, String> properties =
                            new HashMap<>(usual.systemProperties().get());
                    place.redis().ifPresent(address -> replaceRedis(properties, address));
                    return properties;
                },
                usual.application()));
    }

    /** A user in the address takes the place of the one that is configured. */
    private static void replaceRedis(Map<String, String> properties, String address) {
        properties.put("ratelimit.redis.address", address);
        if (address.contains("@")) {
            properties.put("ratelimit.redis.username", ""); // an empty value is no value
            properties.put("ratelimit.redis.password", "");
        }
    }
}
