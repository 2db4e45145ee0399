package io.plugboard.agent.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.ovsdb.Operation;
import io.plugboard.topology.model.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static final Map<String, String> ATTACHED = Map.of("attached-mac", "52:54:00:00:00:01");

    private final FakeDatabase database = new FakeDatabase();

    private List<Operation> changes(Card... cards) {
        return Wanted.of(List.of(cards), database.snapshot());
    }

    /** All that there is to write, after which there is nothing. */
    private void write(Card... cards) {
        changes(cards).forEach(database::apply);
        assertThat(changes(cards)).isEmpty();
    }

    private UUID row(String name, Map<String, String> externalIds) {
        return database.add(name, Optional.empty(), externalIds);
    }

    private Optional<String> running(UUID row) {
        return Optional.ofNullable(database.externalIds(row).get(Wanted.RUNNING));
    }

    @Test
    void writesWhatCardWantsAndWhetherItsGuestRunsBesideWhatIsThere() {
        UUID row = row("vnet0", Map.of("iface-id", "web-1"));
        write(Cards.at("vnet0", true));
        assertThat(database.externalIds(row))
                .isEqualTo(Map.of(
                        "iface-id", "web-1", "plugboard-rx-filter", Cards.FILTER_TEXT, "plugboard-running", "true"));
    }

    @Test
    void takesBackFilterOfGuestThatHasNoneAndNothingElse() {
        UUID row = row("vnet0", Map.of("plugboard-rx-filter", Cards.FILTER_TEXT, "a", "b"));
        write(Cards.untouched("vnet0"));
        assertThat(database.externalIds(row)).isEqualTo(Map.of("a", "b", "plugboard-running", "true"));
    }

    @Test
    void saysNothingOfRunningWhereThatMeansNothing() {
        UUID row = database.add("veth0", Optional.of(38), Map.of());
        write(Cards.peerOf(38));
        assertThat(database.externalIds(row)).isEqualTo(Map.of("plugboard-rx-filter", Cards.FILTER_TEXT));
    }

    @Test
    void leavesRowsWithoutCardAsTheyAre() {
        row("vnet0", Map.of("plugboard-rx-filter", "x", "plugboard-running", "true"));
        assertThat(changes()).isEmpty();
        assertThat(changes(Cards.at("vnet1", true), Cards.peerOf(7))).isEmpty();
    }

    @Test
    void findsRowByTheTapBeforeTheAddress() {
        UUID other = row("vnet1", ATTACHED);
        UUID row = row("vnet0", Map.of());
        write(Cards.at("vnet0", true));
        assertThat(running(row)).contains("true");
        assertThat(running(other)).isEmpty();
    }

    @Test
    void findsRowByTheAddressWhereTheTapIsBehindAnotherBridge() {
        UUID row = row("qvo7", Map.of("attached-mac", "52-54-00-00-00-01"));
        write(Cards.at("tap7", true));
        assertThat(running(row)).contains("true");
    }

    @Test
    void findsNoRowByAnAddressThatTwoHave() {
        row("vnet0", ATTACHED);
        row("vnet1", ATTACHED);
        assertThat(changes(Cards.withMac(Cards.MAC, true))).isEmpty();
    }

    @Test
    void findsTheOneOfTwoRowsThatTheTapOfAnotherLeaves() {
        UUID source = row("vnet0", ATTACHED);
        UUID destination = row("vnet1", ATTACHED);
        write(Cards.withMac(Cards.MAC, false), Cards.at("vnet0", true));
        assertThat(running(source)).contains("true");
        assertThat(running(destination)).contains("false");
    }

    @Test
    void believesTheEarlierOfTwoCardsInOneRow() {
        UUID row = row("vnet0", ATTACHED);
        write(Cards.at("vnet0", true), Cards.at("vnet0", false));
        assertThat(running(row)).contains("true");
        write(Cards.withMac(Cards.MAC, false), Cards.withMac(Cards.MAC, true));
        assertThat(running(row)).contains("false");
    }

    @Test
    void passesOverAddressesThatAreNone() {
        row("vnet0", Map.of("attached-mac", "nonsense"));
        assertThat(changes(Cards.withMac(MacAddress.parse("52:54:00:00:00:02"), true)))
                .isEmpty();
    }
}
