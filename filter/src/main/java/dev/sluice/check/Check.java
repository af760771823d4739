package dev.sluice.check;

import dev.sluice.config.Settings;
import dev.sluice.policy.Policy;

import java.time.Clock;

/** Says what is in force, and examines it: the configuration first, then Redis. Confined to one thread. */
final class Check {

    private final Findings findings;
    private final Printout printout;
    private final Clock clock;

    Check(Findings findings, Printout printout, Clock clock) {
        this.findings = findings;
        this.printout = printout;
        this.clock = clock;
    }

    void run(Settings settings) {
        settings.overview().general().forEach(printout::row);
        settings.policies().forEach(policy -> tell(policy, settings));
        new ConfigurationChecks(findings).examine(settings);
        new ServerChecks(findings, printout, clock).examine(settings);
    }

    private void tell(Policy policy, Settings settings) {
        printout.heading("policy " + policy.name());
        settings.overview().policies().get(policy.name()).forEach(printout::row);
        PolicyFigures figures = new PolicyFigures(policy);
        printout.row("sustained", figures.sustained());
        printout.row("burst", figures.burst());
        printout.row("full in", figures.timeToFull());
        printout.row("worst hour", figures.worstHour());
        printout.row("memory", "some " + BucketMemory.ofAMillion() + " in Redis for a million clients at once");
    }
}
