package io.plugboard.controller.reconcile;

/**
 * What limits the copies of frames that come up to the controller (OFPM_CONTROLLER with one band of type DROP, OpenFlow 1.3.5,
 * 5.7 and 7.3.4.4). The frames themselves go their way.
 *
 * @param rate packets/s
 * @param burst packets
 */
public record ControllerMeter(int rate, int burst) {
    /** What a bridge of ours has. */
    static final ControllerMeter WANTED = new ControllerMeter(1_000, 1_000);

    /** One that is there and limits something else than packets, or not by one band: it is never what we want. */
    public static final ControllerMeter FOREIGN = new ControllerMeter(0, 0);
}
