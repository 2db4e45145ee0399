package io.plugboard.topology.change;

import java.util.List;
import java.util.stream.Collectors;

/** A change was refused, and with it everything that was to be applied together with it. */
public final class ChangeRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Rejection> rejections;
    private final int index;

    public ChangeRejected(List<Rejection> rejections) {
        this(rejections, 0);
    }

    private ChangeRejected(List<Rejection> rejections, int index) {
        super(rejections.stream().map(Rejection::detail).collect(Collectors.joining("; ")), null, false, false);
        this.rejections = List.copyOf(rejections);
        this.index = index;
    }

    /** The same refusal, of the change at this place of a list. */
    public ChangeRejected at(int place) {
        return new ChangeRejected(rejections, place);
    }

    /** Every reason, one a wrong field. */
    public List<Rejection> rejections() {
        return rejections;
    }

    /** Which change of the list was refused, from 0. */
    public int index() {
        return index;
    }
}
