package io.plugboard.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SocketDirectoryTest {
    private final BlockingQueue<Set<Path>> told = new LinkedBlockingQueue<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private void await(Set<Path> sockets) throws InterruptedException {
        while (!told.take().equals(sockets)) {
            // What was on the way there.
        }
    }

    @Test
    void tellsOfSocketsThatAreThereThatComeAndThatGo() throws Exception {
        Path first = directory.resolve("first.sock");
        Path second = directory.resolve("second.sock");
        Files.writeString(directory.resolve("no-socket"), "");
        try (FakeQemu one = FakeQemu.at(first);
                SocketDirectory watch = SocketDirectory.watch(directory, told::add)) {
            assertThat(told.take()).containsExactly(first);
            try (FakeQemu other = FakeQemu.at(second)) {
                await(Set.of(first, second));
            }
            Files.delete(first);
            await(Set.of(second));
        }
    }

    @Test
    void goesOnWhenItsDirectoryHasComeBack() throws Exception {
        Path sockets = Files.createDirectory(directory.resolve("qmp"));
        try (SocketDirectory watch = SocketDirectory.watch(sockets, told::add)) {
            await(Set.of());
            Files.delete(sockets);
            await(Set.of());
            Files.createDirectory(sockets);
            await(Set.of());
            try (FakeQemu qemu = FakeQemu.at(sockets.resolve("web-1.sock"))) {
                await(Set.of(sockets.resolve("web-1.sock")));
            }
        }
    }

    @Test
    void namesDirectoryThatIsNone() {
        Path missing = directory.resolve("missing");
        assertThatIOException()
                .isThrownBy(() -> SocketDirectory.watch(missing, told::add))
                .withMessage(missing + " is not a directory");
    }
}
