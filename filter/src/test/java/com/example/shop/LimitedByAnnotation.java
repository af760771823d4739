package com.example.shop;

import dev.sluice.RateLimitFilter;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebInitParam;

/** A registration of the filter. */
@WebFilter(
        urlPatterns = "/*",
        asyncSupported = true,
        initParams = {
            @WebInitParam(name = "policy.own.capacity", value = "3"),
            @WebInitParam(name = "policy.own.refill", value = "3/1d")
        })
public class LimitedByAnnotation extends RateLimitFilter {}
