package io.plugboard.it.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Commands of the system. */
final class Shell {
    private Shell() {}

    /** Runs it to its end; it must succeed. Returns what it printed. */
    static String run(String... command) {
        try {
            Process process = start(command);
            String printed =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("failed: " + List.of(command) + "\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + List.of(command), e);
        }
    }

    /** Runs it beside the test, which ends it. */
    static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
