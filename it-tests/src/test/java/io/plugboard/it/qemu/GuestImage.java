package io.plugboard.it.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What guests boot: the distribution's kernel, and as much of its user space as tests need. */
record GuestImage(Path kernel, Path initramfs) {
    private static final String FETCH_KERNEL = "../bin/lib/guest-kernel";
    private static final String MAKE_IMAGE = "src/test/resources/qemu/image.sh";
    private static final Path DIRECTORY = Path.of("target/guest");

    /** Made anew from what is installed here, in a second; only the kernel may have to be downloaded. */
    static GuestImage make() {
        String kernel = run(FETCH_KERNEL).strip();
        run(MAKE_IMAGE, kernel, DIRECTORY.toString());
        return new GuestImage(DIRECTORY.resolve("vmlinuz"), DIRECTORY.resolve("initramfs"));
    }

    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command[0], e);
        }
    }
}
