package io.plugboard.topology.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.change.Rejection.Kind;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the REST API makes its answers of: the status from the kind, the pointer from the field, the text from the detail. */
class RejectionTest {
    private static final DatapathId HOST = new DatapathId(0xa1);
    private static final MacAddress MAC = MacAddress.parse("52:54:00:00:00:01");
    private static final PortGroupName WEB = new PortGroupName("web");
    private static final VnicId DB = new VnicId("db-1");
    private static final PortRef TAP = new PortRef.ByName("tap1");

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(
                        new Rejection.UnknownPortGroup(WEB),
                        Kind.UNKNOWN_REFERENCE,
                        "portGroup",
                        "there is no port group 'web'"),
                Arguments.of(
                        new Rejection.DuplicateMac(MAC, new VlanId(7), HOST, DB),
                        Kind.CONFLICT,
                        "mac",
                        "52:54:00:00:00:01 is already the MAC of vNIC 'db-1' in VLAN 7 of bridge 00000000000000a1"),
                Arguments.of(
                        new Rejection.DuplicateMac(MAC, VlanId.UNTAGGED, HOST, DB),
                        Kind.CONFLICT,
                        "mac",
                        "52:54:00:00:00:01 is already the MAC of vNIC 'db-1' in the untagged segment of bridge"
                                + " 00000000000000a1"),
                Arguments.of(
                        new Rejection.AllowedMacOwned(MAC, HOST, DB),
                        Kind.CONFLICT,
                        "allowedMacs",
                        "52:54:00:00:00:01 is the MAC of vNIC 'db-1' on bridge 00000000000000a1 and cannot be shared"),
                Arguments.of(
                        new Rejection.MacAllowedToAnother(MAC, HOST, DB),
                        Kind.CONFLICT,
                        "mac",
                        "52:54:00:00:00:01 is among the allowed MACs of vNIC 'db-1' on bridge 00000000000000a1"),
                Arguments.of(
                        new Rejection.PortTaken(TAP, HOST, DB),
                        Kind.CONFLICT,
                        "port",
                        "port tap1 of bridge 00000000000000a1 is already taken by vNIC 'db-1'"),
                Arguments.of(
                        new Rejection.AlreadyThere(DB, new Place(HOST, TAP)),
                        Kind.CONFLICT,
                        "port",
                        "vNIC 'db-1' is active at port tap1 of bridge 00000000000000a1 already"),
                Arguments.of(
                        new Rejection.PortIsUplink("eth0", HOST),
                        Kind.CONFLICT,
                        "port",
                        "port eth0 is an uplink of bridge 00000000000000a1"),
                Arguments.of(
                        new Rejection.UplinkIsVnicPort("tap1", 2, DB),
                        Kind.CONFLICT,
                        "uplinks/2",
                        "port tap1 is taken by vNIC 'db-1'"),
                Arguments.of(
                        new Rejection.PortGroupInUse(WEB, List.of(DB), 1),
                        Kind.CONFLICT,
                        "",
                        "port group 'web' is used by vNIC 'db-1'"),
                Arguments.of(
                        new Rejection.BridgeInUse(HOST, List.of(DB, new VnicId("db-2")), 5),
                        Kind.CONFLICT,
                        "",
                        "bridge 00000000000000a1 has 5 vNICs: 'db-1', 'db-2' and 3 more"),
                Arguments.of(
                        new Rejection.NoSuchResource("vNIC 'db-1'"), Kind.NOT_FOUND, "", "there is no vNIC 'db-1'"),
                Arguments.of(
                        new Rejection.VlanCollision(DB, "its MAC is taken"),
                        Kind.CONFLICT,
                        "vlan",
                        "vNIC 'db-1' cannot move there: its MAC is taken"),
                Arguments.of(
                        new Rejection.BridgeFull(HOST, 65472),
                        Kind.CONFLICT,
                        "bridge",
                        "bridge 00000000000000a1 has 65472 vNICs, and no room for more"),
                Arguments.of(
                        new Rejection.AddressesFull(HOST, 8192),
                        Kind.CONFLICT,
                        "",
                        "bridge 00000000000000a1 has 8192 shared and multicast addresses, and no room for more"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void saysWhatACallerCanDoAndWhichFieldIsWrongAndWhy(Rejection reason, Kind kind, String field, String detail) {
        assertThat(reason.kind()).isEqualTo(kind);
        assertThat(reason.field()).isEqualTo(field);
        assertThat(reason.detail()).isEqualTo(detail);
    }

    @Test
    void severalReasonsAreToldAsOneMessage() {
        ChangeRejected rejected = new ChangeRejected(
                List.of(new Rejection.UnknownPortGroup(WEB), new Rejection.PortIsUplink("eth0", HOST)));

        assertThat(rejected)
                .hasMessage("there is no port group 'web'; port eth0 is an uplink of bridge 00000000000000a1");
        assertThat(rejected.index()).isZero();
        assertThat(rejected.at(3).index()).isEqualTo(3);
        assertThat(rejected.at(3).rejections()).isEqualTo(rejected.rejections());
    }
}
