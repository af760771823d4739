package com.example.shop;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/** A registration of the filter in code, before or after the one that comes with the filter. */
public final class LimitedByInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
        LimitedByListener.register(context);
    }
}
