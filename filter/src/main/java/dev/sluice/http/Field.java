package dev.sluice.http;

/** One header field. Immutable. */
public record Field(String name, String value) {}
