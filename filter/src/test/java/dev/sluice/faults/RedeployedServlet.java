package dev.sluice.faults;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** The application in the WAR: answers after {@code ?pause=} milliseconds, and with {@code ?leak=true} leaves a thread behind. */
public final class RedeployedServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final long FOREVER_MILLIS = 600_000;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("leak") != null) {
            Thread thread = new Thread(RedeployedServlet::stay, "left-behind");
            thread.setDaemon(true);
            thread.start();
        }
        String pause = request.getParameter("pause");
        if (pause != null) {
            LockSupport.parkNanos(Long.parseLong(pause) * 1_000_000);
        }
        response.getWriter().print("hello");
    }

    private static void stay() {
        try {
            Thread.sleep(FOREVER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
