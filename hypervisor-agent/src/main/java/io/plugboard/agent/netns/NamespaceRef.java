package io.plugboard.agent.netns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How a network namespace is named: by its file, as {@code ip netns} and the kernel make them. */
public record NamespaceRef(String name, Path file) {

    /** As {@code ip netns add NAME} makes it. */
    public static NamespaceRef named(String name) {
        return new NamespaceRef(name, Path.of("/run/netns").resolve(name));
    }

    /** That of a process, such as a Mininet host's. */
    public static NamespaceRef of(long pid) {
        return new NamespaceRef("pid " + pid, Path.of("/proc", Long.toString(pid), "ns", "net"));
    }

    /** What tells it from every other one that there is; empty while there is none. */
    Optional<Object> identity() {
        try {
            return Optional.of(Files.getAttribute(file, "unix:ino"));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
