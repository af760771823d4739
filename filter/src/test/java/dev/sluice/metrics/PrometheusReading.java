package dev.sluice.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that Prometheus scrapes.
 *
 * @param series by {@code sluice_requests_total{outcome="permitted",policy="api"}}, labels in their order
 */
record PrometheusReading(Map<String, Double> series, String context, String filter) implements Reading {

    private static final Pattern LINE = Pattern.compile("(?m)^(sluice_\\w+\\{[^}]*}) (\\S+)$");

    static PrometheusReading of(String text, String context, String filter) {
        Map<String, Double> series = new TreeMap<>();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            series.put(line.group(1), Double.parseDouble(line.group(2)));
        }
        return new PrometheusReading(series, context, filter);
    }

    @Override
    public double of(String name, String... tags) {
        Map<String, String> labels = new TreeMap<>(Map.of("context", context, "filter", filter));
        for (int i = 0; i < tags.length; i += 2) {
            labels.put(tags[i], tags[i + 1]);
        }
        StringBuilder wanted = new StringBuilder(nameOf(name)).append('{');
        labels.forEach((label, value) ->
                wanted.append(label).append("=\"").append(value).append("\","));
        wanted.setCharAt(wanted.length() - 1, '}');
        Double found = series.get(wanted.toString());
        if (found == null) {
            throw new AssertionError("no " + wanted + " in " + series.keySet());
        }
        return found;
    }

    private static String nameOf(String name) {
        String words = name.replace('.', '_');
        if (name.equals("sluice.store.breaker.open")) {
            return words;
        }
        return words + (name.endsWith(".time") ? "_seconds_total" : "_total");
    }

    @Override
    public int size() {
        return series.size();
    }
}
