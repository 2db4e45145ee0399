package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.ALONE;
import static io.plugboard.it.wire.Network.BROADCAST;
import static io.plugboard.it.wire.Network.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.property.FrameBytes;
import io.plugboard.it.DatapathActions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code POST /trace} says what the switch says of the same frame, and what comes out of its ports. */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class TraceIT {
    private static final String GROUP = "01:00:5e:00:00:fb";
    private static final String VIRTUAL = "00:00:5e:00:01:07";
    private static final String CONTROL = "01:80:c2:00:00:00";
    private static final Pattern PORT = Pattern.compile("(\\S+) \\d+/(\\d+):");
    private static final Pattern FLOW = Pattern.compile("cookie=(0x[0-9a-f]+),.*?table=(\\d+),");

    private final Network network;

    TraceIT(Network network) {
        this.network = network.access("red", 100, "security: {promiscuousMode: accept}")
                .trunk("trunk", "[0-4094]")
                .vnics(ALONE, "red", "a", "b", "holder", "mirror", "router", "blocked")
                .vnics(ALONE, "trunk", "t", "s")
                .vnic("holder", "allowedMacs: ['" + VIRTUAL + "']")
                .vnic("router", "multicastRouter: true")
                .filter("mirror", "promiscuous: true")
                .filter("b", "multicast: ['" + GROUP + "']")
                .filter("a")
                .filter("blocked", "mac: " + STRANGER);
    }

    @Test
    void agreesOnFramesOfVnics() {
        agreeOn(
                network.frame("a", "b"),
                network.frame("a", "t"),
                network.frame("a", "blocked"),
                network.frame("a", STRANGER),
                network.frame("a", VIRTUAL),
                network.frame("a", BROADCAST),
                network.frame("a", GROUP),
                network.frame("b", GROUP),
                network.frame("b", "01:00:5e:00:00:05"),
                network.frame("a", "01:00:5e:00:00:16").igmp(),
                network.frame("router", "01:00:5e:00:00:01").igmp(),
                network.frame("a", "33:33:00:00:00:16").icmpv6(143),
                network.frame("a", "33:33:ff:00:00:01").icmpv6(135),
                network.frame("a", CONTROL),
                network.frame("a", "b").withSource(STRANGER),
                network.frame("a", BROADCAST).tagged(100),
                network.frame("a", BROADCAST).tagged(0),
                network.frame("mirror", "a"),
                network.frame("blocked", "a"),
                network.frame("t", BROADCAST),
                network.frame("t", BROADCAST).tagged(100),
                network.frame("t", "s").tagged(300),
                network.frame("t", STRANGER).tagged(4094),
                network.frame("t", BROADCAST).tagged(4095));
    }

    @Test
    void agreesOnFramesFromUplinks() {
        for (String uplink : ALONE.uplinks()) {
            agreeOn(
                    network.frame(uplink, "a").tagged(100),
                    network.frame(uplink, "b").tagged(100),
                    network.frame(uplink, "t"),
                    network.frame(uplink, "t").tagged(300),
                    network.frame(uplink, VIRTUAL).tagged(100),
                    network.frame(uplink, "02:00:00:00:00:98").tagged(100),
                    network.frame(uplink, BROADCAST).tagged(100),
                    network.frame(uplink, BROADCAST),
                    network.frame(uplink, BROADCAST).tagged(0),
                    network.frame(uplink, BROADCAST).withSource("a").tagged(100),
                    network.frame(uplink, GROUP).tagged(100),
                    network.frame(uplink, GROUP).withSource(GROUP).tagged(100),
                    network.frame(uplink, CONTROL).tagged(100));
        }
    }

    private void agreeOn(SentFrame... frames) {
        network.apply();
        Map<Integer, String> stations = PORT.matcher(appctl("dpif/show"))
                .results()
                .collect(Collectors.toMap(
                        port -> Integer.valueOf(port.group(2)), port -> network.station(port.group(1))));
        Set<String> installed =
                flows(network.lab().ovs().ofctl("dump-flows", ALONE.name())).collect(Collectors.toSet());
        for (SentFrame sent : frames) {
            List<String> cameOut =
                    network.send(sent).stream().map(Copy::toString).sorted().toList();
            String traced = appctl(
                    "ofproto/trace",
                    ALONE.name(),
                    "in_port=" + network.port(sent.from()),
                    FrameBytes.hex(sent.frame()));
            JsonNode answer = network.lab()
                    .rest()
                    .post("/trace", request(sent).toString())
                    .ok();

            assertThat(DatapathActions.in(traced, sent.frame()).stream()
                            .map(copy -> new Copy(
                                    stations.get(copy.datapathPort()),
                                    copy.frame().tags()))
                            .map(Copy::toString)
                            .sorted()
                            .toList())
                    .as("ofproto/trace of %s", sent)
                    .isEqualTo(cameOut);
            assertThat(items(answer.path("deliveries"))
                            .map(this::receiver)
                            .sorted()
                            .toList())
                    .as("POST /trace of %s", sent)
                    .isEqualTo(cameOut);
            assertThat(items(answer.path("path"))
                            .flatMap(step -> flows(step.path("flow").asText())))
                    .as("path of %s", sent)
                    .isNotEmpty()
                    .isSubsetOf(installed);
        }
    }

    private String appctl(String... arguments) {
        return network.lab().ovs().appctl(arguments);
    }

    /** Cookie and table of each flow in the text. */
    private static Stream<String> flows(String text) {
        return FLOW.matcher(text).results().map(flow -> flow.group(1) + " in " + flow.group(2));
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private String receiver(JsonNode delivery) {
        String vlan = delivery.has("vlan") ? "[" + delivery.path("vlan").asInt() + "]" : "";
        return network.station(delivery.path("port").asText()) + vlan;
    }

    private ObjectNode request(SentFrame sent) {
        Frame frame = sent.frame();
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("bridge", ALONE.dpid().toString()).put("inPort", network.port(sent.from()));
        ObjectNode fields = request.putObject("frame");
        fields.put("ethSrc", frame.source().toString())
                .put("ethDst", frame.destination().toString());
        fields.put("ethType", frame.etherType());
        frame.tags().forEach(tag -> fields.put("vlan", tag.id()));
        frame.ipProtocol().ifPresent(protocol -> fields.put("ipProto", protocol));
        frame.icmpv6Type().ifPresent(type -> fields.put("icmpv6Type", type));
        return request;
    }
}
