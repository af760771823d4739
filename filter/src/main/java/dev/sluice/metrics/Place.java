package dev.sluice.metrics;

/**
 * Which filter of which application, as an operator knows them: two tags of every figure. Immutable.
 *
 * @param context the context path of the application; {@code /} for the root
 * @param filter as the container calls the filter
 */
public record Place(String context, String filter) {

    public Place {
        context = context.isEmpty() ? "/" : context;
    }

    /** For another one of the same name in this JVM: {@code rate-limit#2}. */
    Place numbered(int number) {
        return new Place(context, filter + "#" + number);
    }
}
