package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever rows come, change and go, and whoever goes away meanwhile: in the end the topology is what the rows say. */
class PlanPropertyTest {
    private static final int HOSTS = 3;
    private static final List<String> PORTS = List.of("tap0", "tap1", "tap2");

    /** A row that is put and, by another number, taken away; or what happens to its host, or to the controller. */
    private record Event(int host, String port, int vnic, What what) {}

    private enum What {
        PLUG,
        UNPLUG,
        STARTS,
        STOPS,
        SAYS_NOTHING,
        UNMARK,
        MARK,
        LOSE,
        RESTART,
        CLOSE
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(8, What.PLUG),
                Tuple.of(4, What.UNPLUG),
                Tuple.of(3, What.STARTS),
                Tuple.of(2, What.STOPS),
                Tuple.of(1, What.SAYS_NOTHING),
                Tuple.of(1, What.UNMARK),
                Tuple.of(2, What.MARK),
                Tuple.of(1, What.LOSE),
                Tuple.of(1, What.RESTART),
                Tuple.of(3, What.CLOSE));
        return Combinators.combine(
                        Arbitraries.integers().between(0, HOSTS - 1),
                        Arbitraries.of(PORTS),
                        Arbitraries.integers().between(1, 4),
                        what)
                .as(Event::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 500)
    void topologyIsWhatTheRowsSay(@ForAll("events") List<Event> events) {
        List<Host> hosts = new ArrayList<>();
        Set<Integer> unmarked = new HashSet<>();
        for (int number = 0; number < HOSTS; number++) {
            hosts.add(new Host(number + 1).managed("br0", number + 1));
        }
        PlanLab lab = new PlanLab();
        for (Event event : events) {
            happen(event, hosts.get(event.host), lab, unmarked);
        }
        hosts.forEach(lab::hears);
        lab.closesWhatIsLeft();

        List<Integer> marked = IntStream.range(0, HOSTS)
                .filter(number -> !unmarked.contains(number))
                .boxed()
                .toList();
        assertThat(lab.topology().bridges().keySet())
                .extracting(dpid -> (int) dpid.bits() - 1)
                .containsExactlyElementsOf(marked);
        TreeMap<VnicId, Set<Claim>> claims = claims(hosts, unmarked);
        assertThat(lab.topology().attachments().keySet()).isEqualTo(claims.keySet());
        claims.forEach(
                (id, rows) -> requireSeated(lab, lab.topology().attachments().get(id), rows));
    }

    private static void happen(Event event, Host host, PlanLab lab, Set<Integer> unmarked) {
        switch (event.what) {
            case PLUG -> lab.hears(host.vnic("br0", event.port, event.vnic));
            case UNPLUG -> lab.hears(host.unplug(event.port));
            case STARTS -> lab.hears(host.set(event.port, Keys.RUNNING, "true"));
            case STOPS -> lab.hears(host.set(event.port, Keys.RUNNING, "false"));
            case SAYS_NOTHING -> lab.hears(host.set(event.port, Keys.RUNNING, ""));
            case UNMARK -> {
                unmarked.add(event.host);
                lab.hears(host.mark("br0"));
            }
            case MARK -> {
                unmarked.remove(event.host);
                lab.hears(host.mark("br0", Keys.MANAGED, "true"));
            }
            case LOSE -> lab.hears(host).loses(host);
            case RESTART -> lab.restarts();
            case CLOSE -> lab.closesWhatIsLeft();
            default -> throw new AssertionError(event);
        }
    }

    private static TreeMap<VnicId, Set<Claim>> claims(List<Host> hosts, Set<Integer> unmarked) {
        TreeMap<VnicId, Set<Claim>> claims = new TreeMap<>(Comparator.comparing(VnicId::text));
        for (int number = 0; number < HOSTS; number++) {
            if (!unmarked.contains(number)) {
                HostReader reader = new HostReader(
                        text -> {
                            throw new IllegalArgumentException(text);
                        },
                        Adoption.MANAGED);
                reader.read(hosts.get(number).snapshot(), Optional.empty()).readings().values().stream()
                        .flatMap(reading -> reading.claim().stream())
                        .forEach(claim -> claims.computeIfAbsent(claim.id(), id -> new TreeSet<>(Claim.BY_PLACE))
                                .add(claim));
            }
        }
        return claims;
    }

    private static void requireSeated(PlanLab lab, Attachment attachment, Set<Claim> rows) {
        assertThat(rows).extracting(Claim::place).contains(attachment.place());
        assertThat(attachment.vnic().source()).isEqualTo(Vnic.Source.OVSDB);
        if (rows.size() == 1) {
            assertThat(attachment.second()).isEmpty();
        } else {
            assertThat(rows)
                    .extracting(Claim::place)
                    .contains(attachment.prepared().orElseThrow().place());
        }
        List<Claim> running = rows.stream()
                .filter(claim -> claim.saysRunning() && !lab.isOutdated(claim))
                .toList();
        boolean isStoppedHere = rows.stream()
                .filter(claim -> claim.place().equals(attachment.place()))
                .anyMatch(claim -> claim.running().equals(Optional.of(false)));
        assertThat(isStoppedHere && running.size() == rows.size() - 1 && !running.isEmpty() && rows.size() == 2)
                .as("%s stays where its guest has stopped, and runs in %s", attachment, running)
                .isFalse();
    }
}
