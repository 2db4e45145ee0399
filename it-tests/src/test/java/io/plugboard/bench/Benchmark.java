package io.plugboard.bench;

import java.util.List;

/** Something whose speed is worth knowing, and its floor. */
interface Benchmark {

    /** What {@code --only} calls it; several may go by one name. */
    String name();

    /** Measures both by turns, this often. */
    List<Comparison> run(Lab lab, int rounds);
}
