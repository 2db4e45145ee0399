package io.plugboard.compiler.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose content follows from the code, and is kept beside it for people to read. */
public final class Golden {
    private static final String HOW = "mvn -pl flow-compiler -am test -Dregenerate";

    private Golden() {}

    /**
     * Fails when the file is not this content, and says how to write it anew: {@value #HOW}.
     *
     * @param file from the module's directory
     */
    public static void assertIsUpToDate(Path file, String content) {
        try {
            if (System.getProperty("regenerate") != null) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
            }
            String kept = Files.exists(file) ? Files.readString(file) : "";
            assertThat(kept)
                    .as("%s is stale: look at what has changed, then write it anew: %s", file, HOW)
                    .isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
