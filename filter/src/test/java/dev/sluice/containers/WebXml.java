package dev.sluice.containers;

import jakarta.servlet.Servlet;

/** A deployment descriptor in the making, as a stranger would write it by hand. */
final class WebXml {

    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
            """;

    private static final String OUR_FILTER_FOR_ALL_DISPATCHES = """
              <filter>
                <filter-name>rate-limit</filter-name>
                <filter-class>dev.sluice.RateLimitFilter</filter-class>
                <async-supported>true</async-supported>
              </filter>
              <filter-mapping>
                <filter-name>rate-limit</filter-name>
                <url-pattern>/*</url-pattern>
                <dispatcher>REQUEST</dispatcher>
                <dispatcher>FORWARD</dispatcher>
                <dispatcher>INCLUDE</dispatcher>
                <dispatcher>ERROR</dispatcher>
                <dispatcher>ASYNC</dispatcher>
              </filter-mapping>
            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    void ourFilterForAllDispatches() {
        text.append(OUR_FILTER_FOR_ALL_DISPATCHES);
    }

    void servlet(String name, Class<? extends Servlet> type, String... patterns) {
        text.append("""
                  <servlet>
                    <servlet-name>%s</servlet-name>
                    <servlet-class>%s</servlet-class>
                    <async-supported>true</async-supported>
                  </servlet>
                """.formatted(name, type.getName()));
        for (String pattern : patterns) {
            text.append("""
                      <servlet-mapping>
                        <servlet-name>%s</servlet-name>
                        <url-pattern>%s</url-pattern>
                      </servlet-mapping>
                    """.formatted(name, pattern));
        }
    }

    void errorPage(int status, String path) {
        text.append("""
                  <error-page>
                    <error-code>%d</error-code>
                    <location>%s</location>
                  </error-page>
                """.formatted(status, path));
    }

    @Override
    public String toString() {
        return text + "</web-app>\n";
    }
}
