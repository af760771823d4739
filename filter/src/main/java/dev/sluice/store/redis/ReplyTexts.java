package dev.sluice.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Replies of any kind as text. */
final class ReplyTexts {

    private ReplyTexts() {}

    /** The items of an array, those of arrays within it too, in order; of anything else the one. */
    static List<String> of(Object reply) {
        List<String> texts = new ArrayList<>();
        add(reply, texts);
        return texts;
    }

    private static void add(Object reply, List<String> texts) {
        if (reply instanceof List<?> items) {
            items.forEach(item -> add(item, texts));
        } else if (reply instanceof byte[] bytes) {
            texts.add(new String(bytes, StandardCharsets.UTF_8));
        } else {
            texts.add(reply == null ? "" : reply.toString());
        }
    }
}
