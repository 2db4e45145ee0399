package io.plugboard.topology.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What guests may try. Each setting by itself is inherited where it is not given: a vNIC's goes over its port group's, and
 * that over its bridge's. What nobody gives is rejected.
 *
 * @param promiscuousMode whether a guest that sets the promiscuous flag sees its neighbours' frames
 * @param macAddressChanges whether a guest may use another MAC than the initial one
 * @param forgedTransmits whether a guest may send from any address
 */
public record SecurityPolicy(
        Optional<Setting> promiscuousMode, Optional<Setting> macAddressChanges, Optional<Setting> forgedTransmits) {
    /** Nothing is given. */
    public static final SecurityPolicy INHERITED =
            new SecurityPolicy(Optional.empty(), Optional.empty(), Optional.empty());

    public SecurityPolicy {
        Objects.requireNonNull(promiscuousMode);
        Objects.requireNonNull(macAddressChanges);
        Objects.requireNonNull(forgedTransmits);
    }

    /** These settings, and the other's where these are not given. */
    public SecurityPolicy over(SecurityPolicy other) {
        return new SecurityPolicy(
                promiscuousMode.or(other::promiscuousMode),
                macAddressChanges.or(other::macAddressChanges),
                forgedTransmits.or(other::forgedTransmits));
    }

    public boolean acceptsPromiscuousMode() {
        return accepts(promiscuousMode);
    }

    public boolean acceptsMacAddressChanges() {
        return accepts(macAddressChanges);
    }

    public boolean acceptsForgedTransmits() {
        return accepts(forgedTransmits);
    }

    private static boolean accepts(Optional<Setting> setting) {
        return setting.equals(Optional.of(Setting.ACCEPT));
    }
}
