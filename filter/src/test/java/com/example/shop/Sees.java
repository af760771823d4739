package com.example.shop;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** Marks every request that comes as far as this. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class Sees implements Filter {

    /** The field of the response. */
    public static final String FIELD = "Seen";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response).setHeader(FIELD, "yes");
        chain.doFilter(request, response);
    }
}
