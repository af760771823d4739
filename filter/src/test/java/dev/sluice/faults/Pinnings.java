package dev.sluice.faults;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Each time that a virtual thread waited and kept its carrier from others meanwhile, however shortly. Needs JDK 24. */
final class Pinnings implements AutoCloseable {

    private static final String EVENT = "jdk.VirtualThreadPinned";

    private final Recording recording = new Recording();

    Pinnings() {
        recording.enable(EVENT).withThreshold(Duration.ZERO).withStackTrace();
        recording.start();
    }

    /** Those with such a class on their stack. */
    List<RecordedEvent> in(String classPrefix) throws IOException {
        Path file = Files.createTempFile("sluice-pinnings-", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(EVENT))
                    .filter(event -> isIn(event.getStackTrace(), classPrefix))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isIn(@Nullable RecordedStackTrace stack, String classPrefix) {
        return stack != null
                && stack.getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().startsWith(classPrefix));
    }

    @Override
    public void close() {
        recording.close();
    }
}
