package io.plugboard.topology.model;

/** The name of a port group; it means the same policy on every bridge. */
public record PortGroupName(String text) implements Comparable<PortGroupName> {
    public PortGroupName {
        ResourceName.require("port group", text);
    }

    @Override
    public int compareTo(PortGroupName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
