package io.plugboard.agent.keys;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.util.List;
import java.util.Optional;

/** Cards as the sources tell of them. */
final class Cards {
    static final MacAddress MAC = MacAddress.parse("52:54:00:00:00:01");
    static final RxFilter FILTER = RxFilter.exact(MAC, List.of(MacAddress.parse("01:00:5e:01:02:03")));
    static final String FILTER_TEXT = "{\"mac\":\"52:54:00:00:00:01\",\"promiscuous\":false,\"allMulticast\":false,"
            + "\"multicast\":[\"01:00:5e:01:02:03\"],\"unicast\":[]}";

    private Cards() {}

    static Card at(String tap, boolean running) {
        return new Card(
                Optional.of(tap), Optional.empty(), Optional.of(MAC), Optional.of(FILTER), Optional.of(running));
    }

    static Card withMac(MacAddress mac, boolean running) {
        return new Card(
                Optional.empty(), Optional.empty(), Optional.of(mac), Optional.of(FILTER), Optional.of(running));
    }

    static Card peerOf(int index) {
        return new Card(Optional.empty(), Optional.of(index), Optional.of(MAC), Optional.of(FILTER), Optional.empty());
    }

    static Card untouched(String tap) {
        return new Card(Optional.of(tap), Optional.empty(), Optional.of(MAC), Optional.empty(), Optional.of(true));
    }
}
