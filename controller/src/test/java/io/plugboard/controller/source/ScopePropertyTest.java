package io.plugboard.controller.source;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.change.TopologyChange.BridgeDeleted;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever happens, on hosts of which some are twins, and by REST: to plan for what it concerns is to plan for everything. */
class ScopePropertyTest {
    private static final int HOSTS = 4;
    private static final List<String> PORTS = List.of("tap0", "tap1", "tap2");
    private static final PortGroupName WEB = new PortGroupName("web");
    private static final PortGroupName UNTAGGED = new PortGroupName("untagged");

    /** @param isHeard whether the host's database tells of it now; else with whatever comes next */
    private record Event(What what, int host, String port, int vnic, int mac, boolean isHeard) {}

    private enum What {
        PLUG,
        PLUG_IN_WEB,
        ALLOWED_MAC,
        BRIDGE_POLICY,
        UNPLUG,
        STARTS,
        STOPS,
        SAYS_NOTHING,
        UPLINK,
        UNMARK,
        MARK,
        LOSE,
        WAIT,
        CLOSE,
        REST_VNIC,
        REST_DELETES_VNIC,
        REST_BRIDGE,
        REST_DELETES_BRIDGE,
        REST_WEB,
        FIRST_FRAME
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(6, What.PLUG),
                Tuple.of(1, What.PLUG_IN_WEB),
                Tuple.of(1, What.ALLOWED_MAC),
                Tuple.of(1, What.BRIDGE_POLICY),
                Tuple.of(3, What.UNPLUG),
                Tuple.of(3, What.STARTS),
                Tuple.of(2, What.STOPS),
                Tuple.of(1, What.SAYS_NOTHING),
                Tuple.of(1, What.UPLINK),
                Tuple.of(1, What.UNMARK),
                Tuple.of(2, What.MARK),
                Tuple.of(2, What.LOSE),
                Tuple.of(1, What.WAIT),
                Tuple.of(2, What.CLOSE),
                Tuple.of(1, What.REST_VNIC),
                Tuple.of(1, What.REST_DELETES_VNIC),
                Tuple.of(1, What.REST_BRIDGE),
                Tuple.of(1, What.REST_DELETES_BRIDGE),
                Tuple.of(1, What.REST_WEB),
                Tuple.of(2, What.FIRST_FRAME));
        return Combinators.combine(
                        what,
                        Arbitraries.integers().between(0, HOSTS + 1),
                        Arbitraries.of(PORTS),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 1)),
                        Arbitraries.frequency(Tuple.of(3, true), Tuple.of(1, false)))
                .as(Event::new)
                .list()
                .ofMaxSize(35);
    }

    @Property(tries = 700)
    void planForWhatIsConcernedMissesNothing(@ForAll("events") List<Event> events) {
        List<Host> hosts = new ArrayList<>();
        for (int number = 1; number <= HOSTS; number++) {
            hosts.add(new Host(number).managed("br0", number));
        }
        hosts.add(new Host(HOSTS + 1).managed("br0", 1));
        hosts.add(new Host(HOSTS + 2).bridge("br0", 2));
        PlanLab lab = new PlanLab();
        for (Event event : events) {
            happen(event, hosts.get(event.host), lab);
            if (event.isHeard) {
                lab.hears(hosts.get(event.host));
            }
            lab.missesNothing();
            lab.leavesNobodyOut();
        }
    }

    private static void happen(Event event, Host host, PlanLab lab) {
        DatapathId bridge = new DatapathId(event.host % HOSTS + 1);
        VnicId id = new VnicId("vm-" + event.vnic);
        String mac = Host.mac(event.vnic + event.mac);
        switch (event.what) {
            case PLUG -> host.vnic("br0", event.port, event.vnic, Keys.ATTACHED_MAC, mac);
            case PLUG_IN_WEB -> host.vnic("br0", event.port, event.vnic, Keys.PORT_GROUP, WEB.text());
            case ALLOWED_MAC -> host.set(event.port, Keys.ALLOWED_MACS, event.isHeard ? mac : "");
            case BRIDGE_POLICY -> host.mark("br0", Keys.MANAGED, "true", Keys.FORGED_TRANSMITS, "accept");
            case UNPLUG -> host.unplug(event.port);
            case STARTS -> host.set(event.port, Keys.RUNNING, "true");
            case STOPS -> host.set(event.port, Keys.RUNNING, "false");
            case SAYS_NOTHING -> host.set(event.port, Keys.RUNNING, "");
            case UPLINK -> host.plug("br0", event.port, Keys.UPLINK, "true");
            case UNMARK -> host.mark("br0");
            case MARK -> host.mark("br0", Keys.MANAGED, "true");
            case LOSE -> lab.losesIfConnected(host);
            case WAIT -> lab.waits();
            case CLOSE -> lab.closesWhatIsLeft();
            case REST_VNIC -> {
                boolean isOvsdbs = lab.vnic(event.vnic)
                        .filter(there -> there.vnic().source() == Vnic.Source.OVSDB)
                        .isPresent();
                if (!isOvsdbs) {
                    lab.tries(new PortGroupPut(new PortGroup(UNTAGGED, new VlanMode.Untagged())));
                    lab.tries(new VnicAttached(new Vnic(
                            id,
                            PlanLab.place(bridge.bits(), event.port),
                            MacAddress.parse(mac),
                            UNTAGGED,
                            Vnic.Source.REST)));
                }
            }
            case REST_DELETES_VNIC -> {
                if (lab.vnic(event.vnic).filter(lab::mayBeDeleted).isPresent()) {
                    lab.tries(new VnicDetached(id));
                }
            }
            case REST_BRIDGE -> lab.tries(new BridgePut(new Bridge(bridge, "", List.of())));
            case REST_DELETES_BRIDGE -> lab.tries(new BridgeDeleted(bridge));
            case REST_WEB ->
                lab.tries(new PortGroupPut(new PortGroup(
                        WEB, event.isHeard ? new VlanMode.Untagged() : new VlanMode.Access(new VlanId(7)))));
            case FIRST_FRAME -> {
                if (lab.vnic(event.vnic).flatMap(Attachment::prepared).isPresent()) {
                    lab.tries(new MigrationActivated(id));
                }
            }
            default -> throw new AssertionError(event);
        }
    }
}
