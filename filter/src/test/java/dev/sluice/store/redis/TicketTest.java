package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class TicketTest {

    private static final long NEVER = TimeUnit.DAYS.toNanos(1);

    private static final List<Decision> DECISIONS = List.of();

    @Test
    void aThreadThatLooksNeedsNobodyToWakeIt() throws Exception {
        Ticket ticket = ticketOfThisThread(NEVER);
        Thread teller = new Thread(() -> tellWithoutWaking(ticket));

        teller.start();
        ticket.await(NEVER);

        assertThat(ticket.decisions()).isSameAs(DECISIONS);
        teller.join();
    }

    @Test
    void aThreadThatSleepsIsWokenByTheOneBefore() throws Exception {
        Ticket ticket = ticketOfThisThread(NEVER);
        Thread before = new Thread(() -> {
            Ticket root = ticketOfThisThread(NEVER);
            List<Ticket> aboard = List.of(root, ticket);
            root.board();
            ticket.board();
            ticket.settle(DECISIONS, aboard, 1);
            root.settle(DECISIONS, aboard, 0);
        });

        before.start();
        ticket.await(0);

        assertThat(ticket.decisions()).isSameAs(DECISIONS);
        before.join();
    }

    @Test
    void aThreadThatLooksLeavesAtItsDeadline() {
        Ticket ticket = ticketOfThisThread(TimeUnit.MILLISECONDS.toNanos(5));

        ticket.await(NEVER);

        assertThatThrownBy(ticket::decisions).isSameAs(Unavailable.LATE);
    }

    @Test
    void aThreadThatLooksLeavesWhenItIsInterrupted() {
        Ticket ticket = ticketOfThisThread(NEVER);

        Thread.currentThread().interrupt();
        ticket.await(NEVER);

        assertThat(Thread.interrupted()).as("the caller can see it too").isTrue();
        assertThatThrownBy(ticket::decisions).isSameAs(Unavailable.LATE);
    }

    private static Ticket ticketOfThisThread(long nanosToDeadline) {
        return new Ticket(List.of(), System.nanoTime() + nanosToDeadline);
    }

    /** As one aboard whose turn to be woken has not come yet. */
    private static void tellWithoutWaking(Ticket ticket) {
        ticket.board();
        ticket.settle(DECISIONS, List.of(ticketOfThisThread(NEVER), ticket), 1);
    }
}
