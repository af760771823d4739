package dev.sluice.config;

import dev.sluice.policy.Policy;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through every name that looks like one of ours: it names a policy, is an option, or is a mistake. Confined to one reading. */
final class NameCheck {

    private static final Pattern POLICY_OPTION =
            Pattern.compile("policy\\.(?<policy>.*)\\.(?:" + String.join("|", PolicyOptions.words()) + ")");
    private static final Pattern POLICY_NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern CUT_SHORT =
            Pattern.compile("policy(?:\\.(?!(?:" + String.join("|", PolicyOptions.words()) + ")$)[^.]*)?");
    private static final Pattern MAY_BE_SECRET =
            Pattern.compile("pass|pw|secret|credential|token|auth(?!or)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 200;

    private final Sources sources;
    private final Mistakes mistakes;
    private final List<Notice> notices;
    private final Set<String> seen = new HashSet<>();
    private final SortedMap<String, Mention> policies = new TreeMap<>();

    NameCheck(Sources sources, Mistakes mistakes, List<Notice> notices) {
        this.sources = sources;
        this.mistakes = mistakes;
        this.notices = notices;
    }

    /** The named policies in order, each with a name that names it. */
    SortedMap<String, Mention> policies() {
        sources.mentions().stream()
                .sorted(Comparator.comparing(Mention::name))
                .filter(mention ->
                        seen.add(mention.name() + " " + mention.spelling().getClass()))
                .forEach(this::check);
        return policies;
    }

    private void check(Mention mention) {
        Matcher ofPolicy = POLICY_OPTION.matcher(mention.option());
        Optional<Option<?>> general = Options.named(mention.option());
        if (ofPolicy.matches()) {
            checkPolicy(mention, ofPolicy.group("policy"));
        } else if (general.isEmpty()) {
            tell(mention, "unknown option" + advice(mention));
        } else if (general.get().is(Trait.INIT_PARAM_ONLY) && !(mention.spelling() instanceof ParameterNames)) {
            tell(mention, "can only be an init-param");
        }
    }

    private void checkPolicy(Mention mention, String policy) {
        if (sources.find(mention.option()).filter(given -> !given.isEmpty()).isEmpty()) {
            return; // nobody says anything by this name, or somebody took it back
        }
        if (policy.equals(Policy.UNNAMED)) {
            mistakes.add(shown(mention) + ": \"" + policy + "\" is the policy without a name; choose another name");
        } else if (!POLICY_NAME.matcher(policy).matches()) {
            mistakes.add(shown(mention) + ": \"" + Quoted.escaped(policy)
                    + "\" is no name for a policy; expected a letter and then at most 31 letters, digits and hyphens, all in"
                    + " lower case");
        } else {
            policies.putIfAbsent(policy, mention);
        }
    }

    /**
     * A cluster may inject a variable that only looks like one of ours, and its value is nobody's business; whatever else is
     * unknown was written for us.
     */
    private void tell(Mention mention, String problem) {
        if (mention.spelling().isLoose()) {
            notices.add(new Notice(
                    Notice.Kind.UNKNOWN_VARIABLE,
                    Quoted.escaped(mention.name()) + " (" + origin(mention) + "): " + problem + "; ignored"));
        } else {
            mistakes.add(shown(mention) + ": " + problem);
        }
    }

    private String shown(Mention mention) {
        String value = mayBeSecret(mention.option()) ? "****" : Quoted.escaped(RedisLocation.masked(mention.value()));
        return Quoted.escaped(mention.name()) + " = \"" + value + "\" (" + origin(mention) + ")";
    }

    /** A policy may be called {@code password-reset}, and has no secrets. */
    private static boolean mayBeSecret(String option) {
        String telling = option.startsWith("policy.") ? option.substring(option.lastIndexOf('.') + 1) : option;
        return MAY_BE_SECRET.matcher(telling).find()
                || option.length() <= LONGEST
                        && Nearest.to(option, LONGEST)
                                .flatMap(Options::named)
                                .filter(nearest -> nearest.is(Trait.SECRET))
                                .isPresent();
    }

    private String origin(Mention mention) {
        return mention.origin().equals(Origins.MICROPROFILE)
                ? sources.find(mention.option()).map(Given::origin).orElse(mention.origin())
                : mention.origin();
    }

    private static String advice(Mention mention) {
        boolean loose = mention.spelling().isLoose();
        int length = mention.option().length();
        int furthest = loose ? Math.min(2, length / 5) : Math.max(1, length / 3);
        if (!loose && CUT_SHORT.matcher(mention.option()).matches()) {
            return "; expected " + mention.spelling().advised("policy.<name>.OPTION") + ", where OPTION is "
                    + new Word<>(PolicyOptions.words(), Map.of()).expected();
        }
        return length > LONGEST
                ? ""
                : Nearest.to(mention.option(), furthest)
                        .map(option -> "; did you mean "
                                + Quoted.escaped(mention.spelling().advised(option)) + "?")
                        .orElse("");
    }
}
