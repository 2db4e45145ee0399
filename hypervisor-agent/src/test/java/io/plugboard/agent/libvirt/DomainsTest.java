package io.plugboard.agent.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.agent.keys.Card;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in place of virsh: it lists what a file lists, and answers as virsh 9.0 does. */
@Timeout(60)
class DomainsTest {
    private static final String SCRIPT = """
            #!/bin/sh
            cd "$(dirname "$0")"
            case $1-$3 in
                list-*) cat domains; [ ! -e listed ] || { echo > listed; cat release; } ;;
                qemu-monitor-event-*) exec cat events ;;
                qemu-monitor-command-arriving-*) echo $3 > waiting; exec sleep 30 ;;
                qemu-monitor-command-*)
                    case $5 in
                        *query-status*) echo '{"return":{"status":"running","running":true},"id":"libvirt-1"}' ;;
                        *query-rx-filter*) cat filter ;;
                        *qom-get*) echo '{"return":"52:54:00:00:00:01","id":"libvirt-2"}' ;;
                        *) echo '{"id":"libvirt-3","error":{"class":"CommandNotFound","desc":"not found"}}' ;;
                    esac ;;
            esac
            """;

    /** Domains are looked up once by the clock, at the start: whatever a test sees later came by an event. */
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
            return schedule(command, first, unit);
        }
    };

    private final BlockingQueue<String> domainsTold = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<Card>> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> gone = new LinkedBlockingQueue<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void pretend() throws Exception {
        Path script = Files.writeString(directory.resolve("virsh"), SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        pipe("events");
        pipe("waiting");
        list("web-1\n\n");
        want(false);
    }

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    private Path pipe(String name) throws Exception {
        Path pipe = directory.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private void list(String names) throws IOException {
        Files.writeString(directory.resolve("domains"), names);
    }

    private void want(boolean promiscuous) throws IOException {
        Path next = directory.resolve("filter.next");
        Files.writeString(
                next,
                "{\"return\":[{\"name\":\"net0\",\"main-mac\":\"52:54:00:00:00:01\",\"promiscuous\":" + promiscuous
                        + ",\"multicast\":\"normal\",\"multicast-table\":[\"01:00:5e:00:00:01\"]}],\"id\":\"libvirt-4\"}\n");
        Files.move(next, directory.resolve("filter"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Domains start() {
        Domains domains = new Domains(
                List.of(directory.resolve("virsh").toString()),
                thread,
                (domain, cards) -> {
                    domainsTold.add(domain);
                    told.add(cards);
                },
                gone::add);
        domains.start();
        return domains;
    }

    private static void tell(Writer events, String event, String domain, String details) throws IOException {
        events.write(
                "2026-11-28 05:51:01.436+0000: event " + event + " for domain '" + domain + "': " + details + "\n");
        events.flush();
    }

    private void await(Predicate<Card> isRight) throws InterruptedException {
        List<Card> cards;
        do {
            cards = told.take();
        } while (cards.isEmpty() || !isRight.test(cards.get(0)));
    }

    private static boolean isPromiscuous(Card card) {
        return card.rxFilter().orElseThrow().promiscuous();
    }

    @Test
    void followsDomainsByWhatVirshTells() throws Exception {
        try (Domains domains = start();
                var events = Files.newBufferedWriter(directory.resolve("events"))) {
            await(card -> card.running().equals(Optional.of(true)) && !isPromiscuous(card));
            want(true);
            tell(events, "NIC_RX_FILTER_CHANGED", "web-1", "{\"name\":\"net0\"}");
            await(DomainsTest::isPromiscuous);
            tell(events, "STOP", "web-1", "<null>");
            await(card -> card.running().equals(Optional.of(false)));
        }
    }

    @Test
    void learnsOfDomainByItsFirstWordAndOfItsEndByItsLast() throws Exception {
        list("");
        try (Domains domains = start();
                var events = Files.newBufferedWriter(directory.resolve("events"))) {
            list("web-1\n");
            tell(events, "RESUME", "web-1", "<null>");
            await(card -> card.initialMac().isPresent());
            list("");
            tell(events, "SHUTDOWN", "web-1", "<null>");
            assertThat(gone.take()).isEqualTo("web-1");
            await(card -> card.running().equals(Optional.of(false)));
        }
    }

    @Test
    void learnsOfDomainThatSpeaksWhileItLooksForAnother() throws Exception {
        list("web-1\n");
        try (Domains domains = start();
                var events = Files.newBufferedWriter(directory.resolve("events"))) {
            await(card -> card.running().equals(Optional.of(true)));
            Path release = pipe("release");
            Path listed = pipe("listed");
            tell(events, "RESUME", "web-2", "<null>");
            Files.readString(listed);
            Files.delete(listed);
            list("web-1\nweb-3\n");
            tell(events, "RESUME", "web-3", "<null>");
            tell(events, "STOP", "web-1", "<null>");
            await(card -> card.running().equals(Optional.of(false)));
            Files.writeString(release, "\n");
            while (!domainsTold.take().equals("web-3")) {}
        }
    }

    /** As libvirt does for a domain that arrives by a migration. */
    @Test
    @Timeout(25)
    void waitsForNoDomainThatLibvirtDoesNotAnswerFor() throws Exception {
        list("arriving-1\narriving-2\narriving-3\nweb-1\n");
        try (Domains domains = start();
                var events = Files.newBufferedWriter(directory.resolve("events"))) {
            await(card -> !isPromiscuous(card));
            want(true);
            tell(events, "NIC_RX_FILTER_CHANGED", "web-1", "{\"name\":\"net0\"}");
            await(DomainsTest::isPromiscuous);
        }
    }

    /** Libvirt has a few threads for all that ask it, and needs one to end the migration that it waits for. */
    @Test
    @Timeout(25)
    void waitsForFewAnswersAtTimeAndHearsOfDomainsMeanwhile() throws Exception {
        StringBuilder names = new StringBuilder();
        for (int number = 1; number <= 20; number++) {
            names.append("arriving-").append(number).append('\n');
        }
        list(names.toString());
        // Open for both, it does not end between two that write.
        try (var waiting = new RandomAccessFile(directory.resolve("waiting").toFile(), "rw");
                Domains domains = start();
                var events = Files.newBufferedWriter(directory.resolve("events"))) {
            for (int count = 0; count < 12; count++) {
                waiting.readLine();
            }
            list(names.toString().replace("arriving-20\n", ""));
            tell(events, "SHUTDOWN", "arriving-20", "<null>");
            assertThat(gone.take()).isEqualTo("arriving-20");
            // A further one would come within a second; that none does, nothing tells.
            Thread.sleep(2000);
            try (var rest = new FileInputStream(waiting.getFD())) {
                assertThat(rest.available()).isZero();
            }
        }
    }

    /** The look-up after the first one comes early here, for a domain that is not known. */
    @Test
    void asksOnceMoreForWhatWasToldBeforeItListened() throws Exception {
        try (Domains domains = start();
                var events = Files.newBufferedWriter(directory.resolve("events"))) {
            await(card -> !isPromiscuous(card));
            want(true);
            tell(events, "RESUME", "web-2", "<null>");
            await(DomainsTest::isPromiscuous);
        }
    }
}
