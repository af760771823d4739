package dev.sluice.containers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

import java.util.stream.Stream;

/** The containers that a {@link Promised} test is about. */
final class Rows implements ArgumentsProvider, AnnotationConsumer<Promised> {

    private Promise promise = Promise.JAR_ALONE;

    @Override
    public void accept(Promised test) {
        promise = test.value();
    }

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return Container.ofThisRun()
                .filter(container -> container.keeps(promise))
                .map(Arguments::of);
    }
}
