package io.plugboard.compiler.feature;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.view.Plug;

/** The actions that hand a frame to a guest as the guest is to see it. */
final class Delivery {
    private Delivery() {}

    /** Within the pipeline a frame of a VLAN carries the VLAN's tag; a guest does not get to see it. */
    static Action[] to(Plug.Plugged vnic) {
        Action output = new Action.Output(vnic.port().number());
        return vnic.segment().isTagged() ? new Action[] {new Action.PopVlan(), output} : new Action[] {output};
    }
}
