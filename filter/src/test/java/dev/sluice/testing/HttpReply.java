package dev.sluice.testing;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** What a server answered; names of header fields in any case. */
public record HttpReply(int status, HttpHeaders fields, String body) {

    /** The first value of this header field. */
    public Optional<String> field(String name) {
        return fields.firstValue(name);
    }

    /** All values of this header field, a line each. */
    public List<String> fieldLines(String name) {
        return fields.allValues(name);
    }
}
