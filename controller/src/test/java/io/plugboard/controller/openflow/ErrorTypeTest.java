package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;

class ErrorTypeTest {
    private static final int MORE_THAN_ANY_CODE = 20;

    /** OpenFlowJ's names of another version of the standard. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "BAD_STAT", "BAD_MULTIPART",
            "BAD_EXPERIMENTER_TYPE", "BAD_EXP_TYPE",
            "BAD_SUBTYPE", "BAD_EXP_TYPE");

    static Stream<Arguments> codes() {
        return Stream.of(ErrorType.values())
                .flatMap(type -> IntStream.range(0, MORE_THAN_ANY_CODE).mapToObj(code -> Arguments.of(type, code)));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void hasTheNamesThatOpenFlowJHas(ErrorType type, int code) {
        String name = ErrorType.nameOf(type.ordinal(), Unpooled.buffer().writeShort(code));

        assertThat(name)
                .endsWith(theirName(type, code).map(theirs -> "_" + theirs).orElse(", code " + code));
    }

    private static Optional<String> theirName(ErrorType type, int code) {
        Frame frame = new Frame(Unpooled.wrappedBuffer(SwitchMessages.error(1, type.ordinal(), code)));
        try {
            String message = OpenFlow13.read(frame, OFErrorMsg.class).toString();
            String name = message.replaceAll(".*code=(\\w+).*", "$1");
            return Optional.of(OTHER_NAMES.getOrDefault(name, name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
