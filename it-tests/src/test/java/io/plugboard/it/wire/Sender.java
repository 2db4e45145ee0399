package io.plugboard.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Sends a stream until it is closed. */
public final class Sender implements AutoCloseable {
    private static final Path PROGRAM = Path.of("../mininet/stream.py");

    private final Process process;

    /** @param rate frames a second */
    public Sender(Namespace namespace, String device, NumberedStream stream, int rate) {
        process = namespace.start(List.of(
                "python3",
                PROGRAM.toString(),
                device,
                Integer.toString(rate),
                HexFormat.of().formatHex(stream.frame().toArray())));
    }

    /** Returns how many frames it has sent. */
    public int stop() {
        try {
            process.outputWriter().close();
            return Integer.parseInt(process.inputReader().readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
