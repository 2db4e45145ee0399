package io.plugboard.controller.openflow;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reply of one frame. */
final class Once<T> implements Request.Reply<T> {
    private final Function<Frame, T> reader;
    private @Nullable T read;

    Once(Function<Frame, T> reader) {
        this.reader = reader;
    }

    @Override
    public void read(Frame frame) {
        read = reader.apply(frame);
    }

    @Override
    public T whole() {
        if (read == null) {
            throw new IllegalStateException("nothing was read");
        }
        return read;
    }
}
