package io.plugboard.agent.netns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** How a network namespace is named: by its file, as {@code ip netns} and the kernel make them. */
public final class NamespaceRef {
    private static final Path OWN = Path.of("/proc/self/ns/net");

    private final String name;
    private final Path file;
    private final BooleanSupplier isMeant;

    private NamespaceRef(String name, Path file, BooleanSupplier isMeant) {
        this.name = name;
        this.file = file;
        this.isMeant = isMeant;
    }

    /** As {@code ip netns add NAME} makes it; it may come, go and come back. */
    public static NamespaceRef named(String name) {
        return new NamespaceRef(name, Path.of("/run/netns").resolve(name), () -> true);
    }

    /** That of a process, such as a Mininet host's, for as long as the process lives: its number may be given to another. */
    public static NamespaceRef of(ProcessHandle process) {
        return new NamespaceRef(
                "pid " + process.pid(), Path.of("/proc", Long.toString(process.pid()), "ns", "net"), process::isAlive);
    }

    public String name() {
        return name;
    }

    Path file() {
        return file;
    }

    /** What tells it from every other one; empty while there is none, and for our own, which is the host's. */
    Optional<Object> identity() {
        try {
            Object identity = identity(file);
            return isMeant.getAsBoolean() && !identity.equals(identity(OWN)) ? Optional.of(identity) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static Object identity(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    /** {@code namespace red} or {@code namespace pid 4711}. */
    @Override
    public String toString() {
        return "namespace " + name;
    }
}
