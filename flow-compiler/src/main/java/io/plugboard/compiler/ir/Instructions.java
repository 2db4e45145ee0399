package io.plugboard.compiler.ir;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a flow does with the frames it matches (OpenFlow 1.3.5, 5.9). None of all is a drop, unless the action set has
 * something in it from a table before.
 *
 * @param apply done at once, in this order
 * @param write put into the action set, done when the frame leaves the pipeline
 * @param metadata which bits of the frame's metadata are set to what
 * @param goTo the next table
 */
public record Instructions(
        List<Action> apply, List<Action> write, Optional<MetadataWrite> metadata, Optional<FlowTable> goTo) {
    public static final Instructions DROP = new Instructions(List.of(), List.of(), Optional.empty(), Optional.empty());

    public Instructions {
        apply = List.copyOf(apply);
        write = List.copyOf(write);
        Objects.requireNonNull(metadata);
        Objects.requireNonNull(goTo);
    }

    /** @param value has no bits outside the mask */
    public record MetadataWrite(long value, long mask) {
        public MetadataWrite {
            if ((value & ~mask) != 0) {
                throw new IllegalArgumentException("metadata 0x" + Long.toHexString(value)
                        + " has bits outside its mask 0x" + Long.toHexString(mask));
            }
        }
    }

    public static Instructions goTo(FlowTable table) {
        return new Instructions(List.of(), List.of(), Optional.empty(), Optional.of(table));
    }

    public static Instructions apply(Action... actions) {
        return new Instructions(List.of(actions), List.of(), Optional.empty(), Optional.empty());
    }

    public static Instructions write(Action... actions) {
        return new Instructions(List.of(), List.of(actions), Optional.empty(), Optional.empty());
    }

    /** These instructions, these actions done first. */
    public Instructions applying(Action... actions) {
        return new Instructions(List.of(actions), write, metadata, goTo);
    }

    public Instructions writing(long value, long mask) {
        return new Instructions(apply, write, Optional.of(new MetadataWrite(value, mask)), goTo);
    }

    public Instructions andGoTo(FlowTable table) {
        return new Instructions(apply, write, metadata, Optional.of(table));
    }
}
