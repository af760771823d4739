package dev.sluice;

import dev.sluice.http.Field;
import dev.sluice.http.RateLimitFields;
import dev.sluice.http.Rejection;
import dev.sluice.http.RejectionStyle;
import dev.sluice.limiter.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What is written to the response. Immutable. Safe for use by many threads. */
final class Answer {

    private static final int MOST_UNAVAILABLE_SECONDS = 5;

    private final RateLimitFields fields;
    private final RejectionStyle style;

    Answer(RateLimitFields fields, RejectionStyle style) {
        this.fields = fields;
        this.style = style;
    }

    /** The rate limit fields, whatever the verdict. They are lists, to which a second filter adds its own items. */
    void describe(Verdict verdict, HttpServletResponse response) {
        for (Field field : fields.of(verdict)) {
            response.addHeader(field.name(), field.value());
        }
    }

    /** The whole response to a request that does not pass. */
    void refuse(Verdict verdict, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Rejection rejection = verdict instanceof Verdict.Rejected rejected
                ? Rejection.of(rejected, accept(request))
                // Spread, so that the clients of an outage do not come back in the same second.
                : Rejection.unavailable(
                        accept(request), 1 + ThreadLocalRandom.current().nextInt(MOST_UNAVAILABLE_SECONDS));
        for (Field field : rejection.fields()) {
            response.setHeader(field.name(), field.value());
        }
        if (style == RejectionStyle.ERROR_PAGE) {
            response.sendError(rejection.status());
            return;
        }
        response.setStatus(rejection.status());
        response.setContentType(rejection.contentType());
        // No content length: the container counts. Jetty would send the response with the last byte of a given length,
        // before it knows that the connection must end because the body of the request has not been read.
        response.getOutputStream().write(rejection.bytes());
    }

    /** A path that can be read in two ways meets no policy for certain, so it is not let in at all. */
    static void refuseAmbiguousPath(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }

    private static List<String> accept(HttpServletRequest request) {
        Enumeration<String> lines = request.getHeaders("Accept");
        return lines == null ? List.of() : Collections.list(lines);
    }
}
