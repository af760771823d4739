package dev.sluice.config;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is worth a warning, but no mistake. */
class NoticesTest {

    static final String SECOND_POLICY = """
            ratelimit.policy.api-address.paths     = /api/*
            ratelimit.policy.api-address.key       = ip
            ratelimit.policy.api-address.capacity  = 1000
            ratelimit.policy.api-address.refill    = 500/1s
            """;

    private static final String FORGEABLE_API =
            "ratelimit.policy.api.key = \"header:X-API-Key,ip\": a client that makes up a new value for each request gets"
                    + " a full bucket each time; add a second policy for the same paths with key = ip and a larger capacity,"
                    + " which bounds what one address can do";

    @Test
    void nothingToSayOfADefaultConfiguration() {
        assertThat(Scene.of("").settings().notices()).isEmpty();
    }

    @Test
    void variablesOfAClusterAreIgnored() {
        assertThat(Scene.of("""
                                env RATELIMIT_PORT = tcp://10.0.0.1:8080
                                env RATELIMIT_SERVICE_HOST = 10.0.0.1
                                env RATELIMIT_POLICY_LOGIN_CAPCITY = 5
                                """).settings().notices())
                .extracting(Notice::text)
                .containsExactly(
                        "RATELIMIT_POLICY_LOGIN_CAPCITY (environment variable): unknown option; did you mean"
                                + " RATELIMIT_POLICY_LOGIN_CAPACITY?; ignored",
                        "RATELIMIT_PORT (environment variable): unknown option; ignored",
                        "RATELIMIT_SERVICE_HOST (environment variable): unknown option; ignored");
    }

    @Test
    void bucketValuesAreInVainOncePoliciesAreNamed() {
        Settings settings = Scene.of("""
                        env  BUCKET_CAPACITY = 20
                        init refill.rate = 2
                        file ratelimit.policy.login.capacity = 5
                        file ratelimit.policy.login.refill = 5/1m
                        """).settings();
        assertThat(settings.policies()).extracting("name").containsExactly("login");
        assertThat(settings.notices())
                .extracting(Notice::text)
                .containsExactly("bucket.capacity 20 (environment variable BUCKET_CAPACITY) and refill.rate 2"
                        + " (init-param of filter \"rate-limit\"): without effect, because policies are named: login");
    }

    @Test
    void aBareNameMayBeMeantForTheOtherFilter() {
        assertThat(Scene.of("""
                                init prefix = second
                                env  BUCKET_CAPACITY = 20
                                init policy.login.capacity = 5
                                init policy.login.refill = 5/1m
                                """).settings().notices()).isEmpty();
    }

    @Test
    void aForwardedHeaderNeedsATrustedProxy() {
        assertThat(Scene.of("file ratelimit.forwarded-header = Forwarded")
                        .settings()
                        .notices())
                .extracting(Notice::text)
                .containsExactly("ratelimit.forwarded-header = \"Forwarded\": not read, because no proxy is trusted;"
                        + " set trusted-proxies too");
    }

    @Test
    void aKeyThatAClientInventsIsPointedOut() {
        assertThat(Scene.of("""
                                file ratelimit.policy.api.key = header:X-API-Key
                                file ratelimit.policy.api.capacity = 5
                                file ratelimit.policy.api.refill = 5/1m
                                """).settings().notices())
                .extracting(Notice::text)
                .singleElement()
                .asString()
                .startsWith("ratelimit.policy.api.key = \"header:X-API-Key\": a client that makes up a new value")
                .contains("add a second policy for the same paths with key = ip");
    }

    @Test
    void theTenLinesAreWarnedOfToo() {
        assertThat(Scene.of(TenLinesTest.TEN_LINES.replaceAll("(?m)^", "file "))
                        .settings()
                        .notices())
                .extracting(Notice::text)
                .containsExactly(FORGEABLE_API);
    }

    @Test
    void aSecondPolicyClosesTheHoleAndTheWarningStays() {
        Settings settings = Scene.of((TenLinesTest.TEN_LINES + SECOND_POLICY).replaceAll("(?m)^", "file "))
                .settings();
        assertThat(settings.policies()).extracting("name").containsExactly("api", "api-address", "login");
        assertThat(settings.policies().get(1).partition()).hasToString("ip");
        assertThat(settings.notices()).extracting(Notice::text).containsExactly(FORGEABLE_API);
    }

    @Test
    void aPolicyThatIsOffIsLeftOutButChecked() {
        Settings settings = Scene.of("""
                        file ratelimit.policy.a.capacity = 5
                        file ratelimit.policy.a.refill = 5/1m
                        file ratelimit.policy.b.capacity = 5
                        file ratelimit.policy.b.refill = 5/1m
                        env  RATELIMIT_POLICY_B_MODE = off
                        """).settings();
        assertThat(settings.policies()).extracting("name").containsExactly("a");
        assertThat(settings.startLines())
                .contains("policy b: mode off (environment variable RATELIMIT_POLICY_B_MODE), not in force");
        assertThat(Scene.of("""
                                file ratelimit.policy.b.capacity = 0
                                file ratelimit.policy.b.refill = 5/1m
                                file ratelimit.policy.b.mode = OFF
                                """).mistakes()).hasSize(1);
    }
}
