package dev.sluice.metrics;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Asks the MBean itself. */
record JmxReading(ObjectName bean) implements Reading {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    static JmxReading of(String context, String filter) {
        try {
            return new JmxReading(new ObjectName(
                    "dev.sluice:type=RateLimit,context=\"%s\",filter=\"%s\"".formatted(context, filter)));
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    boolean isThere() {
        return BEANS.isRegistered(bean);
    }

    @Override
    public double of(String name, String... tags) {
        List<String> words = new ArrayList<>(List.of(name.substring("sluice.".length())));
        for (int i = 1; i < tags.length; i += 2) {
            words.add(tags[i]);
        }
        try {
            return ((Number) BEANS.getAttribute(bean, String.join(".", words))).doubleValue();
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int size() {
        try {
            return BEANS.getMBeanInfo(bean).getAttributes().length;
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
