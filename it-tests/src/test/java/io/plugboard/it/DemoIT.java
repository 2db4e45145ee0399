package io.plugboard.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The main job as its user starts it, Mininet and physical switch included. What it sees is printed. */
class DemoIT {

    @Test
    void playsItsStoryAsExpected() throws Exception {
        Process demo = new ProcessBuilder("bin/plugboard", "demo")
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .start();
        StringBuilder story = new StringBuilder();
        try (BufferedReader lines = demo.inputReader(UTF_8)) {
            lines.lines().forEach(line -> {
                System.out.println(line);
                story.append(line).append('\n');
            });
        } finally {
            demo.destroy();
        }

        assertThat(demo.waitFor()).as("exit status after:%n%s", story).isZero();
    }
}
