package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.ovsdb.Snapshot;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicAddress;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostReaderTest {
    private static final DatapathId A1 = new DatapathId(0xa1);

    private static final SecurityPolicy ALL_ACCEPTED =
            new SecurityPolicy(Optional.of(Setting.ACCEPT), Optional.of(Setting.ACCEPT), Optional.of(Setting.ACCEPT));

    private final HostReader reader = new HostReader(
            text -> {
                if (!text.startsWith("{")) {
                    throw new IllegalArgumentException("is no JSON: " + text);
                }
                return new RxFilter(
                        MacAddress.parse(Host.mac(1)), true, false, new TreeSet<>(), new TreeSet<>(), Optional.empty());
            },
            Adoption.MANAGED);

    private final Host host = new Host(1).managed("br0", 0xa1);

    private HostView read() {
        return reader.read(host.snapshot(), Optional.empty());
    }

    private Claim claim(String port) {
        return read().claim(host.row(port)).orElseThrow();
    }

    private List<String> problems() {
        return read().bridges().get(A1).problems();
    }

    @Test
    void readsVnicOfItsPort() {
        host.vnic("br0", "tap1", 1, "vm-id", "machine", Keys.RUNNING, "true", Keys.RX_FILTER, "{}");

        Claim claim = claim("tap1");

        assertThat(claim.id()).isEqualTo(new VnicId("vm-1"));
        assertThat(claim.mac()).isEqualTo(MacAddress.parse(Host.mac(1)));
        assertThat(claim.place()).isEqualTo(PlanLab.place(0xa1, "tap1"));
        assertThat(claim.portGroup()).isEqualTo(new PortGroupName("untagged"));
        assertThat(claim.implied()).contains(new VlanMode.Untagged());
        assertThat(claim.running()).contains(true);
        assertThat(claim.rxFilter().map(RxFilter::promiscuous)).contains(true);
        assertThat(problems()).isEmpty();
    }

    @Test
    void secondBridgeWithTheSameIdIsLeftOutAndAProblem() {
        host.managed("br1", 0xa1).vnic("br1", "tap1", 1);

        assertThat(problems()).singleElement().asString().contains("bridge br1 has the same datapath id");
        assertThat(read().claim(host.row("tap1"))).isEmpty();

        host.mark("br0");
        assertThat(problems()).singleElement().asString().contains("bridge br0 has the same datapath id");
        assertThat(read().claim(host.row("tap1"))).isPresent();
    }

    @Test
    void impliesPortGroupByTag() {
        host.plugTagged("br0", "tap1", Optional.of(100), Keys.IFACE_ID, "a", Keys.ATTACHED_MAC, Host.mac(1));

        assertThat(claim("tap1").portGroup()).isEqualTo(new PortGroupName("vlan-100"));
        assertThat(claim("tap1").implied()).contains(new VlanMode.Access(new VlanId(100)));
    }

    @Test
    void namedPortGroupGoesBeforeTag() {
        host.plugTagged(
                "br0",
                "tap1",
                Optional.of(100),
                Keys.IFACE_ID,
                "a",
                Keys.ATTACHED_MAC,
                Host.mac(1),
                Keys.PORT_GROUP,
                "blue");

        assertThat(claim("tap1").portGroup()).isEqualTo(new PortGroupName("blue"));
        assertThat(claim("tap1").implied()).isEmpty();
    }

    @Test
    void readsUplinksInTheOrderOfTheirNames() {
        host.plug("br0", "eth1", Keys.UPLINK, "true").plug("br0", "eth0", Keys.UPLINK, "true");
        host.plug("br0", "eth2", Keys.UPLINK, "false");

        assertThat(read().bridges().get(A1).uplinks()).containsExactly("eth0", "eth1");
    }

    @Test
    void portWithoutKeysIsNeitherVnicNorProblem() {
        host.plug("br0", "br0").plug("br0", "patch", "ovn", "x");

        assertThat(read().claim(host.row("br0"))).isEmpty();
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iface-id     | a/b               | iface-id: 'a/b' is not the id of a vNIC",
                "iface-id     | ''                | iface-id is missing",
                "attached-mac | 01:00:5e:00:00:01 | attached-mac: 01:00:5e:00:00:01 is a group address",
                "attached-mac | nonsense          | attached-mac: 'nonsense'",
                "attached-mac | ''                | attached-mac is missing",
                "plugboard-port-group | a b       | plugboard-port-group: 'a b' is not the id of a port group",
            })
    void namesWhatKeepsRowFromBeingVnicAndReadsTheOthers(String key, String value, String problem) {
        host.vnic("br0", "tap1", 1).vnic("br0", "tap2", 2).set("tap1", key, value);

        assertThat(read().claim(host.row("tap1"))).isEmpty();
        assertThat(problems()).singleElement().asString().startsWith("bridge br0, port tap1: " + problem);
        assertThat(read().readings().get(host.row("tap1")).refusal().orElseThrow())
                .startsWith(problem);
        assertThat(claim("tap2").id()).isEqualTo(new VnicId("vm-2"));
    }

    @ParameterizedTest
    @CsvSource({
        "plugboard-rx-filter, broken, plugboard-rx-filter: is no JSON: broken",
        "plugboard-running, perhaps, 'plugboard-running: is true or false, not ''perhaps'''"
    })
    void vnicIsOneWithoutWhatItDoesNotNeed(String key, String value, String problem) {
        host.vnic("br0", "tap1", 1, key, value);

        assertThat(claim("tap1").rxFilter()).isEmpty();
        assertThat(claim("tap1").running()).isEmpty();
        assertThat(problems()).containsExactly("bridge br0, port tap1: " + problem);
    }

    @Test
    void readsPolicyOfVnic() {
        host.vnic(
                "br0",
                "tap1",
                1,
                Keys.PROMISCUOUS_MODE,
                "accept",
                Keys.FORGED_TRANSMITS,
                "reject",
                Keys.ALLOWED_MACS,
                "00:00:5e:00:01:01, 52:54:00:00:00:99",
                Keys.ADDRESSES,
                "192.0.2.1 2001:db8::1@100",
                Keys.MULTICAST_ROUTER,
                "true");

        Vnic vnic = claim("tap1").vnic();

        assertThat(vnic.security())
                .isEqualTo(
                        new SecurityPolicy(Optional.of(Setting.ACCEPT), Optional.empty(), Optional.of(Setting.REJECT)));
        assertThat(vnic.allowedMacs())
                .containsExactly(MacAddress.parse("00:00:5e:00:01:01"), MacAddress.parse("52:54:00:00:00:99"));
        assertThat(vnic.addresses())
                .containsExactly(
                        new VnicAddress(IpAddress.parse("192.0.2.1")),
                        new VnicAddress(IpAddress.parse("2001:db8::1"), Optional.of(new VlanId(100))));
        assertThat(vnic.multicastRouter()).isTrue();
        assertThat(problems()).isEmpty();
    }

    @Test
    void vnicHasThePolicyOfItsPortGroupWhereItsRowSaysNothing() {
        host.vnic("br0", "tap1", 1, Keys.MULTICAST_ROUTER, "false", Keys.ALLOWED_MACS, "");

        Vnic vnic = claim("tap1").vnic();

        assertThat(vnic).isEqualTo(new Vnic(vnic.id(), vnic.place(), vnic.mac(), vnic.portGroup(), Vnic.Source.OVSDB));
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plugboard-promiscuous-mode | yes | is accept or reject, not 'yes'",
                "plugboard-mac-address-changes | ACCEPT | is accept or reject, not 'ACCEPT'",
                "plugboard-forged-transmits | accept, | is accept or reject, not 'accept,'",
                "plugboard-allowed-macs | 52:54:00:00:00:99 nonsense | 'nonsense'",
                "plugboard-allowed-macs | 01:00:5e:00:00:01 | 01:00:5e:00:00:01 is a group address",
                "plugboard-addresses | 192.0.2.256 | '192.0.2.256'",
                "plugboard-addresses | 224.0.0.1 | 224.0.0.1 is no address of a network card",
                "plugboard-addresses | 192.0.2.1@4095 | a VLAN id is",
                "plugboard-addresses | 192.0.2.1@+7 | behind the @ of '192.0.2.1@+7' is no VLAN id",
                "plugboard-addresses | 192.0.2.1@ | behind the @ of '192.0.2.1@' is no VLAN id",
                "plugboard-multicast-router | yes | is true or false, not 'yes'",
            })
    void policyThatCannotBeReadLetsTheGuestDoLeastAndIsProblem(String key, String value, String problem) {
        host.vnic("br0", "tap1", 1).set("tap1", key, value);

        Vnic vnic = claim("tap1").vnic();

        boolean isSetting = problem.startsWith("is accept or reject");
        assertThat(vnic.security().over(ALL_ACCEPTED))
                .matches(effective -> effective.equals(ALL_ACCEPTED) != isSetting, "accepts what it should");
        assertThat(vnic.allowedMacs()).isEmpty();
        assertThat(vnic.addresses()).isEmpty();
        assertThat(vnic.multicastRouter()).isFalse();
        assertThat(problems()).singleElement().asString().startsWith("bridge br0, port tap1: " + key + ": ");
        assertThat(problems().get(0)).contains(problem);
    }

    @Test
    void moreAllowedMacsThanVnicHasAreProblem() {
        String macs = IntStream.rangeClosed(1, 17).mapToObj(Host::mac).collect(Collectors.joining(" "));
        host.vnic("br0", "tap1", 99, Keys.ALLOWED_MACS, macs);

        assertThat(claim("tap1").vnic().allowedMacs()).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "bridge br0, port tap1: plugboard-allowed-macs: a vNIC has at most 16 allowed MACs, not 17");
    }

    @Test
    void readsPolicyOfBridge() {
        host.mark("br0", Keys.MANAGED, "true", Keys.PROMISCUOUS_MODE, "accept", Keys.NOTIFY_SWITCHES, "false");

        Bridge bridge = read().bridges().get(A1).bridge();

        assertThat(bridge.security())
                .isEqualTo(new SecurityPolicy(Optional.of(Setting.ACCEPT), Optional.empty(), Optional.empty()));
        assertThat(bridge.notifySwitches()).contains(false);
        assertThat(problems()).isEmpty();

        host.mark("br0", Keys.MANAGED, "true", Keys.PROMISCUOUS_MODE, "yes", Keys.NOTIFY_SWITCHES, "no");
        assertThat(read().bridges().get(A1).bridge().security().promiscuousMode())
                .contains(Setting.REJECT);
        assertThat(problems())
                .containsExactly(
                        "bridge br0: plugboard-notify-switches: is true or false, not 'no'",
                        "bridge br0: plugboard-promiscuous-mode: is accept or reject, not 'yes'");
    }

    @Test
    void longPortNameIsProblem() {
        host.vnic("br0", "a-name-of-16-char", 1);

        assertThat(read().claim(host.row("a-name-of-16-char"))).isEmpty();
        assertThat(problems()).singleElement().asString().contains("a port name has 1 to 15 characters");
    }

    @Test
    void uplinkIsNoVnic() {
        host.vnic("br0", "tap1", 1, Keys.UPLINK, "true");

        assertThat(read().claim(host.row("tap1"))).isEmpty();
        assertThat(read().bridges().get(A1).uplinks()).containsExactly("tap1");
        assertThat(problems()).hasSize(1);
    }

    @Test
    void uplinkOfTwoPortsIsOneUplinkAndProblem() {
        host.plug("br0", "eth1", Keys.UPLINK, "true").plugAgain("br0", "eth1");

        assertThat(read().bridges().get(A1).bridge().uplinks()).containsExactly("eth1");
        assertThat(problems()).singleElement().asString().contains("eth1").contains("more than one port");
    }

    @Test
    void uplinksBeyondTheMostAreProblem() {
        for (int number = 10; number < 42; number++) {
            host.plug("br0", "eth" + number, Keys.UPLINK, "true");
        }

        assertThat(read().bridges().get(A1).uplinks()).hasSize(31).doesNotContain("eth41");
        assertThat(problems()).singleElement().asString().contains("32 ports have plugboard-uplink");
    }

    @Test
    void bridgeKeepsItsIdWhileOpenVSwitchStarts() {
        HostView before = read();

        HostView after = reader.read(host.withoutDatapathIds().snapshot(), Optional.of(before));

        assertThat(after.bridges()).containsOnlyKeys(A1);
    }

    @Test
    void bridgeWithoutIdIsNotKnownYet() {
        HostView view = reader.read(host.withoutDatapathIds().snapshot(), Optional.empty());

        assertThat(view.bridges()).isEmpty();
        assertThat(view.unborn()).containsExactly("br0");
    }

    @Test
    void rowThatIsNotThereIsAbsent() {
        host.vnic("br0", "tap1", 1);
        Snapshot whole = host.snapshot();
        Snapshot torn = new Snapshot(
                whole.root(), whole.bridges(), whole.ports(), whole.interfaces().minus(host.row("tap1")));

        assertThat(reader.read(torn, Optional.empty()).claim(host.row("tap1"))).isEmpty();
    }

    @Test
    void readsAgainOnlyWhatHasChanged() {
        host.vnic("br0", "tap1", 1).vnic("br0", "tap2", 2);
        HostView before = read();

        HostView after = reader.read(host.set("tap2", Keys.RUNNING, "true").snapshot(), Optional.of(before));

        assertThat(after.readings().get(host.row("tap1")))
                .isSameAs(before.readings().get(host.row("tap1")));
        assertThat(after.claim(host.row("tap2")).flatMap(Claim::running)).contains(true);
    }

    @Test
    void problemIsOneLineWhateverSomebodyWrote() {
        host.vnic("br0", "tap1", 1, Keys.RUNNING, "a\nb\u001b[31m\u2028c");

        assertThat(problems())
                .containsExactly(
                        "bridge br0, port tap1: plugboard-running: is true or false, not 'a\uFFFDb\uFFFD[31m\uFFFDc'");
    }
}
