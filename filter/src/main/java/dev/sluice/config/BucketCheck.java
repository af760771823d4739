package dev.sluice.config;

import dev.sluice.bucket.TokenBucket;

import java.util.Optional;

/** Whether capacity, refill and cost of a policy go together. */
final class BucketCheck {

    private BucketCheck() {}

    /** The bucket of a policy; empty if there is none, for a reason that has been told. */
    static Optional<TokenBucket> bucket(PolicyValues policy, Mistakes mistakes) {
        if (policy.capacity().bad()
                || policy.refill().bad()
                || policy.capacity().parsed().isEmpty()
                || policy.refill().parsed().isEmpty()) {
            return Optional.empty();
        }
        checkCost(policy, mistakes);
        long capacity = policy.capacity().get();
        Refill refill = policy.refill().get();
        if (isExact(capacity, refill)) {
            return Optional.of(refill.bucket(capacity));
        }
        long most = largestExact(capacity, refill);
        if (most > 0 && policy.capacity().given().isPresent()) {
            tell(
                    policy.capacity(),
                    mistakes,
                    "cannot be counted exactly with " + policy.refill().quoted() + "; expected a capacity of at most "
                            + most + ", or " + countable(policy));
        } else {
            tell(
                    policy.refill(),
                    mistakes,
                    "cannot be counted exactly with " + policy.capacity().quoted() + "; expected " + countable(policy));
        }
        return Optional.empty();
    }

    private static String countable(PolicyValues policy) {
        return policy.refill().option() == Options.REFILL_RATE
                ? "a larger rate or one with fewer decimals"
                : "a refill with a shorter period or fewer digits";
    }

    private static void checkCost(PolicyValues policy, Mistakes mistakes) {
        if (!policy.cost().bad() && policy.cost().get() > policy.capacity().get()) {
            tell(
                    policy.cost(),
                    mistakes,
                    "expected at most the capacity, " + policy.capacity().quoted());
        }
    }

    private static void tell(Value<?> value, Mistakes mistakes, String message) {
        mistakes.add(value.option(), value.given().orElseThrow(), message);
    }

    private static boolean isExact(long capacity, Refill refill) {
        try {
            refill.bucket(capacity);
            return true;
        } catch (IllegalArgumentException tooLarge) {
            return false;
        }
    }

    /** The largest exact capacity below one that is not, 0 if there is none; found by halving. */
    private static long largestExact(long notExact, Refill refill) {
        long exact = 0;
        long beyond = notExact;
        while (beyond - exact > 1) {
            long middle = (exact + beyond) / 2;
            if (isExact(middle, refill)) {
                exact = middle;
            } else {
                beyond = middle;
            }
        }
        return exact;
    }
}
