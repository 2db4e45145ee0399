package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentTest {
    private static final Place HERE = new Place(HOST_1, new PortRef.ByName("tap1"));
    private static final Place THERE = new Place(HOST_2, new PortRef.ByName("tap9"));
    private static final UplinkPin FIRST = new UplinkPin(1);

    private static Attachment inSlot(int slot) {
        Vnic vnic = new Vnic(new VnicId("web-1"), HERE, mac(1), new PortGroupName("web"), Vnic.Source.REST);
        return new Attachment(vnic, slot, FIRST, Optional.empty(), 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65472})
    void refusesASlotThatGroupIdsHaveNoRoomFor(int slot) {
        String message = "a slot is 0 to 65471, not " + slot;

        assertThatThrownBy(() -> inSlot(slot)).hasMessage(message);
        assertThatThrownBy(() -> new SecondSeat.Prepared(THERE, slot, FIRST, ActivateOn.REQUEST))
                .hasMessage(message);
        assertThatThrownBy(() -> new SecondSeat.Departing(THERE, slot, FIRST)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65471})
    void takesEverySlotThatGroupIdsHaveRoomFor(int slot) {
        assertThat(inSlot(slot).slot()).isEqualTo(slot);
    }

    @Test
    void hasAFormerUplinkThatIsAnotherThanItsOwn() {
        assertThat(inSlot(0).withFormer(Optional.of(new UplinkPin(2))).former()).contains(new UplinkPin(2));
        assertThatThrownBy(() -> inSlot(0).withFormer(Optional.of(FIRST)))
                .hasMessage("its former uplink is the one that it uses");
    }

    @Test
    void isTheSameToItsBridgeWhereverElseItIsPluggedIn() {
        Attachment prepared =
                inSlot(0).withSecond(Optional.of(new SecondSeat.Prepared(THERE, 0, FIRST, ActivateOn.REQUEST)), 4);

        assertThat(prepared).isNotEqualTo(inSlot(0));
        assertThat(prepared.onItsBridge()).isEqualTo(inSlot(0).onItsBridge());
        assertThat(inSlot(1).onItsBridge()).isNotEqualTo(inSlot(0).onItsBridge());
    }
}
