package io.plugboard.topology.model;

/** The id of a vNIC, unique over all bridges; libvirt's and Nova's {@code iface-id}. */
public record VnicId(String text) implements Comparable<VnicId> {
    public VnicId {
        ResourceName.require("vNIC", text);
    }

    @Override
    public int compareTo(VnicId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
