package dev.sluice.bench;

/**
 * One setting in which all contenders are compared.
 *
 * @param wireMillis added to every reply of Redis
 * @param jvms that share the buckets
 * @param threads in all of them together
 */
record Cell(Scene scene, int wireMillis, int jvms, int threads) {

    int threadsEach() {
        return threads / jvms;
    }

    String title() {
        return scene.title() + ", " + threads + (threads == 1 ? " thread" : " threads")
                + (jvms == 1 ? "" : " in " + jvms + " JVMs")
                + (wireMillis == 0 ? "" : ", wire +" + wireMillis + " ms");
    }
}
