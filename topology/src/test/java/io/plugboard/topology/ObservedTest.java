package io.plugboard.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedTest {
    private final Observed twoPorts = Observed.of(List.of(port(1, "tap1"), port(2, "tap2")));

    @Test
    void findsAPortByNameAndByNumber() {
        assertThat(twoPorts.port(new PortRef.ByName("tap2"))).contains(port(2, "tap2"));
        assertThat(twoPorts.port(new PortRef.ByNumber(1))).contains(port(1, "tap1"));
        assertThat(twoPorts.port(new PortRef.ByName("tap3"))).isEmpty();
        assertThat(twoPorts.port(new PortRef.ByNumber(3))).isEmpty();
    }

    @Test
    void forgetsTheOldNumberOfAPortThatCameBackWithAnother() {
        Observed observed = twoPorts.with(port(3, "tap1"));

        assertThat(observed.port(new PortRef.ByName("tap1"))).contains(port(3, "tap1"));
        assertThat(observed.ports()).containsOnlyKeys(2, 3);
    }

    @Test
    void forgetsTheOldNameOfANumberThatAnotherPortHasNow() {
        Observed observed = twoPorts.with(port(1, "tap9"));

        assertThat(observed.port(new PortRef.ByName("tap1"))).isEmpty();
        assertThat(observed.port(new PortRef.ByName("tap9"))).contains(port(1, "tap9"));
    }

    @Test
    void forgetsWhatBothItsNameAndItsNumberMeant() {
        Observed observed = twoPorts.with(port(1, "tap2"));

        assertThat(observed.ports()).containsOnlyKeys(1);
        assertThat(observed.port(new PortRef.ByName("tap1"))).isEmpty();
    }

    @Test
    void forgetsAPortThatIsGone() {
        assertThat(twoPorts.without(2).port(new PortRef.ByName("tap2"))).isEmpty();
        assertThat(twoPorts.without(3)).isSameAs(twoPorts);
    }

    @Test
    void listsPortsByUnsignedNumberWithLocalLast() {
        assertThat(twoPorts.with(port(PortRef.LOCAL, "br0")).ports().keySet()).containsExactly(1, 2, PortRef.LOCAL);
    }

    private static Observed.Port port(int number, String name) {
        return new Observed.Port(number, name, new MacAddress(0x5254_0000_0001L), true);
    }
}
