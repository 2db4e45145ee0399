package io.plugboard.compiler.property;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.model.Copy;
import io.plugboard.compiler.model.ModelFrame;
import io.plugboard.compiler.model.Vswitch;
import io.plugboard.compiler.simulate.Simulator;
import io.plugboard.compiler.simulate.Trace;
import java.util.List;
import java.util.OptionalInt;

/** A program as a switch carries it out, in the model's words. */
public record CompiledVswitch(Simulator simulator) implements Vswitch {

    public static CompiledVswitch of(FlowProgram program) {
        return new CompiledVswitch(new Simulator(program));
    }

    @Override
    public List<Copy> receive(int port, ModelFrame frame) {
        return copies(simulator.run(frame(frame), port).deliveries());
    }

    public static List<Copy> copies(List<Trace.Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> new Copy(delivery.port(), ids(delivery.frame())))
                .toList();
    }

    public static ModelFrame modelled(Frame frame) {
        return new ModelFrame(
                frame.destination(),
                frame.source(),
                ids(frame),
                frame.etherType(),
                frame.ipProtocol().orElse(0),
                frame.icmpv6Type().orElse(0));
    }

    private static Frame frame(ModelFrame frame) {
        boolean isIp = frame.etherType() == EtherType.IPV4 || frame.etherType() == EtherType.IPV6;
        boolean isIcmpv6 = frame.etherType() == EtherType.IPV6 && frame.ipProtocol() == IpProtocol.ICMPV6;
        return new Frame(
                frame.destination(),
                frame.source(),
                frame.tags().stream().map(VlanTag::of).toList(),
                frame.etherType(),
                isIp ? OptionalInt.of(frame.ipProtocol()) : OptionalInt.empty(),
                isIcmpv6 ? OptionalInt.of(frame.icmpv6Type()) : OptionalInt.empty());
    }

    private static List<Integer> ids(Frame frame) {
        return frame.tags().stream().map(VlanTag::id).toList();
    }
}
