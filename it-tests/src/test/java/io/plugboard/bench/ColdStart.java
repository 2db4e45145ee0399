package io.plugboard.bench;

import io.plugboard.topology.model.VnicId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** A controller in a JVM that has just started: measures there how long its first switch takes. */
final class ColdStart {
    private ColdStart() {}

    /**
     * From the first switch's connect until this stored vNIC is active, in nanoseconds.
     *
     * @param pointSwitchAt is given the port that the new controller listens on
     */
    static long run(Path data, int ports, VnicId vnic, IntConsumer pointSwitchAt) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ColdStart.class.getName(),
                data.toString(),
                Integer.toString(ports),
                vnic.text());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said = process.inputReader()) {
                pointSwitchAt.accept(Integer.parseInt(said.readLine()));
                return Long.parseLong(said.readLine());
            } finally {
                process.destroy();
                process.waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Prints the port that it listens on, and later the nanoseconds. */
    public static void main(String[] arguments) {
        try (InProcessController controller =
                new InProcessController(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.out.println(controller.openFlowAddress().getPort());
            System.out.println(controller.connectUntilActive(new VnicId(arguments[2])));
        }
    }
}
