package io.plugboard.agent.netns;

import io.plugboard.topology.model.MacAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell in a namespace, and what it has seen there. It runs {@code ip monitor}, by which the kernel tells of promiscuous mode
 * and of addresses at once. It ends with us, however we end, since its input does.
 */
final class Inside {
    private static final Logger log = LoggerFactory.getLogger(Inside.class);

    private static final String SHELL =
            "ip -d -o monitor link & monitor=$!; while read -r _ && kill -0 $monitor; do ip -d -o link show; done; kill $monitor";

    /** Whoever makes more in a namespace of his own has more than an Interface each: they are not looked at. */
    private static final int MAX_DEVICES = 256;

    /** Octets: some 20,000 memberships. */
    private static final int MAX_MEMBERSHIPS = 1 << 20;

    private final Process shell;
    private final Object identity;
    private final Path namespaceOfShell;
    private final Path memberships;
    private final Map<Integer, Device> devices = new TreeMap<>();
    private Optional<String> membershipsText = Optional.empty();
    private Optional<Map<Integer, SortedSet<MacAddress>>> groups = Optional.empty();

    /** @param firstMac the address that it had when it was first seen */
    record Device(Link link, MacAddress firstMac) {}

    private Inside(Process shell, Object identity) {
        this.shell = shell;
        this.identity = identity;
        Path process = Path.of("/proc", Long.toString(shell.pid()));
        this.namespaceOfShell = process.resolve("ns/net");
        this.memberships = process.resolve("net/dev_mcast");
    }

    /**
     * @param identity of the namespace
     * @param changed is run on a thread of the shell's, whenever something may have changed
     */
    static Inside enter(NamespaceRef namespace, Object identity, Runnable changed) throws IOException {
        Process shell = new ProcessBuilder("nsenter", "--net=" + namespace.file(), "sh", "-c", SHELL)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Inside inside = new Inside(shell, identity);
        Thread reader = new Thread(() -> inside.read(changed), "netns-" + namespace.name());
        reader.setDaemon(true);
        reader.start();
        return inside;
    }

    private void read(Runnable changed) {
        try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                see(line);
                changed.run();
            }
        } catch (IOException | RejectedExecutionException ended) {
            log.debug("the shell, or the agent, has ended: {}", ended.getMessage());
        }
    }

    private synchronized void see(String line) {
        Link.gone(line).ifPresent(devices::remove);
        Link.read(line).ifPresent(link -> {
            Device known = devices.get(link.index());
            if (known != null || devices.size() < MAX_DEVICES) {
                devices.put(link.index(), new Device(link, known == null ? link.mac() : known.firstMac()));
            }
        });
    }

    synchronized List<Device> devices() {
        return List.copyOf(devices.values());
    }

    /** By the index of the device; empty when there are too many to be read. */
    Optional<Map<Integer, SortedSet<MacAddress>>> groups() {
        return groups;
    }

    Object identity() {
        return identity;
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** Asks for all devices, in case that something has been missed. */
    void list() throws IOException {
        Writer commands = shell.outputWriter();
        commands.write('\n');
        commands.flush();
    }

    /** Whether it is there, and has read everything once. */
    boolean isComplete() {
        return membershipsText.isPresent();
    }

    /** Reads the memberships, of which the kernel tells nobody, through the shell's own /proc. Returns whether they differ. */
    boolean readMemberships() throws IOException {
        if (!identity.equals(NamespaceRef.identity(namespaceOfShell))) {
            // It is on its way in, and sees the host's.
            return false;
        }
        String text;
        try (InputStream file = Files.newInputStream(memberships)) {
            text = new String(file.readNBytes(MAX_MEMBERSHIPS), StandardCharsets.US_ASCII);
        }
        if (membershipsText.equals(Optional.of(text))) {
            return false;
        }
        membershipsText = Optional.of(text);
        groups = text.length() < MAX_MEMBERSHIPS ? Optional.of(Memberships.read(text)) : Optional.empty();
        return true;
    }

    void leave() {
        shell.descendants().forEach(ProcessHandle::destroy);
        shell.destroy();
    }
}
