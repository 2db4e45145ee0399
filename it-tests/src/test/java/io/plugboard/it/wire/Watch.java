package io.plugboard.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Sees what passes devices, and keeps it. */
public final class Watch implements AutoCloseable {
    private static final Path PROGRAM = Path.of("../mininet/watch.py");

    private final Process process;
    private final List<Sighting> sightings = new ArrayList<>();
    private boolean hasEnded;

    private Watch(Process process) {
        this.process = process;
    }

    public static Watch of(Namespace namespace, Collection<String> devices) {
        List<String> command = new ArrayList<>(List.of("python3", PROGRAM.toString()));
        command.addAll(devices);
        Process process = namespace.start(command);
        Namespace.awaitReady(process);
        Watch watch = new Watch(process);
        Thread reader = new Thread(watch::readAll, "watch");
        reader.setDaemon(true);
        reader.start();
        return watch;
    }

    private void readAll() {
        process.inputReader().lines().map(Sighting::parse).forEach(this::add);
        synchronized (this) {
            hasEnded = true;
            notifyAll();
        }
    }

    private synchronized void add(Sighting sighting) {
        sightings.add(sighting);
        notifyAll();
    }

    /** Now, as sightings are timed. What passes until now may be seen later than this returns. */
    public static long time() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** How much it has seen: what comes from now on is seen {@link #since} this. */
    public synchronized int now() {
        return sightings.size();
    }

    /** In the order of being read, which is that of time on one device. */
    public synchronized List<Sighting> since(int mark) {
        return List.copyOf(sightings.subList(mark, sightings.size()));
    }

    public List<Sighting> since(int mark, Predicate<Sighting> which) {
        return since(mark).stream().filter(which).toList();
    }

    public Sighting await(int mark, Predicate<Sighting> which) {
        return await(mark, 1, which).get(0);
    }

    /** The first ones of this kind since then, as soon as there are so many. Only the test's time limit ends it otherwise. */
    public synchronized List<Sighting> await(int mark, int count, Predicate<Sighting> which) {
        List<Sighting> found = new ArrayList<>();
        int next = mark;
        while (true) {
            for (; next < sightings.size(); next++) {
                if (which.test(sightings.get(next))) {
                    found.add(sightings.get(next));
                    if (found.size() == count) {
                        return found;
                    }
                }
            }
            awaitMore(found.size());
        }
    }

    private void awaitMore(int found) {
        if (hasEnded) {
            throw new AssertionError("watch.py has ended");
        }
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted after " + found + " of the frames that were waited for", e);
        }
    }

    @Override
    public void close() {
        try {
            process.outputWriter().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
