package io.plugboard.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A bridge with more ports than anybody has vNICs on one, for all tests that need such a one: Open vSwitch takes a minute of
 * one core to add them. It has no controller, and so no flows, when a test gets it.
 */
final class LargeBridge implements AutoCloseable {
    static final int VNICS = 5_000;
    static final int UPLINK = VNICS + 1;

    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
    private final DummyBridge bridge = DummyBridge.create(ovs, "br", 0xa1, UPLINK);

    private LargeBridge() {}

    DummyBridge bridge() {
        return bridge;
    }

    @Override
    public void close() {
        ovs.close();
    }

    /** Gives tests the one bridge. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(LargeBridge.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            LargeBridge large = context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(LargeBridge.class))
                    .computeIfAbsent(LargeBridge.class, unused -> new LargeBridge(), LargeBridge.class);
            large.ovs.vsctl("del-controller", large.bridge.name());
            return large;
        }
    }
}
