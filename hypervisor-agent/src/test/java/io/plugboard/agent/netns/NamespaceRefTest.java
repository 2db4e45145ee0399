package io.plugboard.agent.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class NamespaceRefTest {

    @Test
    void isNoneWhereThereIsNoSuchFile() {
        assertThat(NamespaceRef.named("plugboard-no-such-namespace").identity()).isEmpty();
    }

    @Test
    void isNotTheHostsOwn() {
        assertThat(NamespaceRef.of(ProcessHandle.current()).identity()).isEmpty();
    }

    @Test
    void isNoneWhenItsProcessHasEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        ProcessHandle handle = process.toHandle();
        process.waitFor();
        assertThat(NamespaceRef.of(handle).identity()).isEmpty();
        assertThat(NamespaceRef.of(handle)).hasToString("namespace pid " + handle.pid());
    }
}
