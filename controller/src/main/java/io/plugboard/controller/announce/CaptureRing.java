package io.plugboard.controller.announce;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The frames that were sent last. Any thread may add and read. */
public final class CaptureRing {
    /** So many frames are kept. */
    public static final int CAPACITY = 10_000;

    private static final Pcapng.Section SECTION = new Pcapng.Section(
            "OpenFlow 1.3 switches", "Plugboard", "What the controller sent, its last " + CAPACITY + " frames at most");

    private final Deque<CapturedFrame> frames = new ArrayDeque<>();

    public synchronized void add(CapturedFrame frame) {
        if (frames.size() == CAPACITY) {
            frames.removeFirst();
        }
        frames.addLast(frame);
    }

    /** Oldest first; what is added later is not in it. */
    public synchronized List<CapturedFrame> frames() {
        return List.copyOf(frames);
    }

    /** As a pcapng file of its own. Whoever adds does not wait for the stream. */
    public void writeTo(OutputStream out) throws IOException {
        Pcapng file = Pcapng.begin(out, SECTION);
        for (CapturedFrame frame : frames()) {
            file.write(frame);
        }
    }
}
