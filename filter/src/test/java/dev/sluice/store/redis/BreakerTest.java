package dev.sluice.store.redis;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BreakerTest {

    private static final Fault FAULT = Fault.LATE;

    /** Whoever is told of a change cannot take it. */
    private static final class BrokenListener implements Breaker.Listener {

        @Override
        public void faulted(Fault fault) {}

        @Override
        public void suspicious() {}

        @Override
        public void opened(Fault fault) {
            throw new IllegalStateException("made by the test");
        }

        @Override
        public void stillOpen(Fault fault) {}

        @Override
        public void closed() {
            throw new IllegalStateException("made by the test");
        }
    }

    private final Breaker breaker = new Breaker(new BrokenListener());

    @Test
    void opensAndClosesWhateverBecomesOfThoseWhoAreTold() {
        for (int fault = 1; fault < 5; fault++) {
            breaker.fault(FAULT);
        }
        assertThat(breaker.isOpen()).isFalse();

        assertThatThrownBy(() -> breaker.fault(FAULT)).isInstanceOf(IllegalStateException.class);
        assertThat(breaker.isOpen()).isTrue();

        assertThatThrownBy(breaker::close).isInstanceOf(IllegalStateException.class);
        assertThat(breaker.isOpen()).isFalse();
    }
}
