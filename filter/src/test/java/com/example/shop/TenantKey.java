package com.example.shop;

import dev.sluice.key.PartitionKey;
import dev.sluice.key.RequestView;

import java.util.Optional;

/** All clients of a tenant share a bucket. */
public final class TenantKey implements PartitionKey {

    @Override
    public Optional<String> of(RequestView request) {
        return request.headers("X-Tenant").stream().findFirst();
    }
}
