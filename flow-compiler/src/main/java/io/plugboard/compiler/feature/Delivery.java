package io.plugboard.compiler.feature;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.view.Plug;
import io.plugboard.topology.model.VlanMode;

/** The actions that hand a frame to a guest as the guest is to see it. */
final class Delivery {
    private Delivery() {}

    /** Within the pipeline a frame of a VLAN carries the VLAN's tag; a guest without a trunk does not get to see it. */
    static Action[] to(Plug.Plugged plugged) {
        Action output = new Action.Output(plugged.port().number());
        return plugged.vnic().vlan() instanceof VlanMode.Access
                ? new Action[] {new Action.PopVlan(), output}
                : new Action[] {output};
    }
}
