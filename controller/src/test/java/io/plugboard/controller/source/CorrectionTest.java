package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.row.BridgeRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CorrectionTest {
    private static final String TARGET = "tcp:192.0.2.1:6653";
    private static final UUID ROW = new UUID(1, 1);

    private static BridgeRow bridge(Optional<String> failMode, Map<String, String> otherConfig, UUID... controllers) {
        return new BridgeRow(
                ROW,
                "br0",
                Optional.empty(),
                List.of(),
                List.of(controllers),
                failMode,
                Set.of(),
                Map.of(),
                otherConfig);
    }

    private static BridgeRow rightOne() {
        return bridge(Optional.of("secure"), Map.of("disable-in-band", "true"), new UUID(2, 2));
    }

    @Test
    void bridgeThatIsRightIsLeftAlone() {
        assertThat(Correction.of(rightOne(), TARGET).isNeeded()).isFalse();
    }

    @Test
    void newBridgeIsClosedAndGivenController() {
        Correction correction = Correction.of(bridge(Optional.empty(), Map.of()), TARGET);

        assertThat(correction.settings())
                .containsExactly("fail_mode=secure", "other_config:disable-in-band=true", "controller=" + TARGET);
        assertThat(correction.operations())
                .contains(new Operation.Update("Bridge", ROW, Map.of("fail_mode", TextNode.valueOf("secure"))))
                .anyMatch(operation -> operation instanceof Operation.Insert insert
                        && insert.columns().get("target").asText().equals(TARGET));
    }

    @Test
    void onlyWhatDiffersIsChanged() {
        BridgeRow standalone = bridge(Optional.of("standalone"), Map.of("disable-in-band", "true"), new UUID(2, 2));
        BridgeRow inBand = bridge(Optional.of("secure"), Map.of("disable-in-band", "false"), new UUID(2, 2));

        assertThat(Correction.of(standalone, TARGET).settings()).containsExactly("fail_mode=secure");
        assertThat(Correction.of(inBand, TARGET).settings()).containsExactly("other_config:disable-in-band=true");
    }

    @Test
    void bridgeThatCannotSpeakOurOpenFlowIsProblem() {
        BridgeRow old = new BridgeRow(
                ROW,
                "br0",
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of("secure"),
                Set.of("OpenFlow10"),
                Map.of(),
                Map.of("disable-in-band", "true"));

        assertThat(Correction.problems(old, true))
                .containsExactly("protocols lacks OpenFlow13: the bridge cannot be programmed");
        assertThat(Correction.problems(rightOne(), false)).isEmpty();
    }
}
