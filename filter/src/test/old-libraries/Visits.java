import com.google.gson.Gson;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.pool2.ObjectPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Counts visits with libraries of its own, and tells from which jars they are. */
@WebServlet("/*")
public final class Visits extends HttpServlet {

    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HostAndPort address = HostAndPort.parseString(System.getProperty("ratelimit.redis.address"));
        Map<String, String> told = new TreeMap<>();
        try (JedisPool pool = new JedisPool(address.getHost(), address.getPort());
                Jedis jedis = pool.getResource()) {
            told.put("visits", String.valueOf(jedis.incr("visits")));
        }
        for (Class<?> type : new Class<?>[] {Jedis.class, ObjectPool.class, Gson.class, LOG.getClass()}) {
            told.put(type.getName(), jarOf(type));
        }
        LOG.info("visit {}", told.get("visits"));
        response.getWriter().print(new Gson().toJson(told));
    }

    private static String jarOf(Class<?> type) {
        String location = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return Path.of(location).getFileName().toString();
    }
}
