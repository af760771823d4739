package dev.sluice.metrics;

import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * JMX, and the only file that knows it: one MBean for each filter, {@code
 * dev.sluice:type=RateLimit,context="/app",filter="rate-limit"}, with an attribute for each figure. Safe for use by many
 * threads.
 */
final class JmxPublication implements Publication, DynamicMBean {

    /** More filters of one name than any server has. */
    private static final int MOST_OF_ONE_NAME = 100;

    private final Figures figures;
    private final Place place;
    private final ObjectName name;

    private JmxPublication(Figures figures, Place place) throws JMException {
        this.figures = figures;
        this.place = place;
        this.name = new ObjectName("dev.sluice:type=RateLimit,context=" + ObjectName.quote(place.context()) + ",filter="
                + ObjectName.quote(place.filter()));
    }

    /**
     * Registers the MBean. If another filter has the name, one in another virtual host or a former version of the application,
     * this one gets a number.
     *
     * @throws IllegalStateException if the server of MBeans refuses
     */
    static JmxPublication register(Figures figures, Place place) {
        try {
            for (int number = 2; number <= MOST_OF_ONE_NAME; number++) {
                Optional<JmxPublication> registered = tryToRegister(figures, place);
                if (registered.isPresent()) {
                    return registered.get();
                }
                place = place.numbered(number);
            }
        } catch (JMException refusal) {
            throw new IllegalStateException(refusal.toString(), refusal);
        }
        throw new IllegalStateException(MOST_OF_ONE_NAME + " filters are called " + place.filter());
    }

    private static Optional<JmxPublication> tryToRegister(Figures figures, Place place) throws JMException {
        JmxPublication bean = new JmxPublication(figures, place);
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, bean.name);
            return Optional.of(bean);
        } catch (InstanceAlreadyExistsException taken) {
            return Optional.empty();
        }
    }

    /** Under which name there was room. */
    Place place() {
        return place;
    }

    @Override
    public boolean publish() {
        return true; // the attributes of new policies come of themselves
    }

    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException refusal) {
            throw new IllegalStateException(refusal.toString(), refusal);
        }
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        return figures.all().stream()
                .filter(figure -> figure.id().equals(attribute))
                .map(Figure::value)
                .findFirst()
                .orElseThrow(() -> new AttributeNotFoundException(attribute));
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        List<String> wanted = Arrays.asList(attributes);
        AttributeList found = new AttributeList();
        figures.all().stream()
                .filter(figure -> wanted.contains(figure.id()))
                .forEach(figure -> found.add(new Attribute(figure.id(), figure.value())));
        return found;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes =
                figures.all().stream().map(JmxPublication::describe).toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(
                getClass().getName(), "What a rate limit filter has decided, and how", attributes, null, null, null);
    }

    private static MBeanAttributeInfo describe(Figure figure) {
        Instrument instrument = figure.instrument();
        String type = instrument.isInSeconds() ? "double" : "long";
        return new MBeanAttributeInfo(figure.id(), type, instrument.meaning(), true, false, false);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be written");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String operation, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException(operation);
    }
}
