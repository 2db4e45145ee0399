package io.plugboard.compiler.docs;

import io.plugboard.compiler.scenario.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PipelinePageTest {
    private static final Path DOCS = Path.of("../docs");

    private final SampleProgram sample = new SampleProgram();

    @Test
    void pageTellsWhatTheCodeDeclares() {
        Golden.assertIsUpToDate(DOCS.resolve("pipeline.md"), PipelinePage.of(sample));
    }

    @Test
    void pictureShowsWhatTheCodeDeclares() {
        Golden.assertIsUpToDate(DOCS.resolve("pipeline.svg"), PipelinePicture.of(sample));
    }
}
