package dev.sluice.bench;

/**
 * What a {@link Worker} shall do, as one line.
 *
 * @param id begins the line of the answer
 * @param prefix of the clients' names: new ones have full buckets
 */
record Order(String id, Scene scene, int redisPort, int threads, String prefix, long warmMillis, long millis) {

    static Order parse(String line) {
        String[] words = line.split(" ");
        return new Order(
                words[0],
                Scene.valueOf(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                words[4],
                Long.parseLong(words[5]),
                Long.parseLong(words[6]));
    }

    String line() {
        return String.join(
                " ",
                id,
                scene.name(),
                Integer.toString(redisPort),
                Integer.toString(threads),
                prefix,
                Long.toString(warmMillis),
                Long.toString(millis));
    }
}
