package io.plugboard.it;

import io.plugboard.controller.config.Controller;
import io.plugboard.controller.config.OvsdbSettings;
import io.plugboard.controller.config.Settings;
import io.plugboard.controller.source.Adoption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A controller in this JVM, with a store of its own that ends with it. */
public final class Plugboard implements AutoCloseable {
    private final Path data;
    private final Controller controller;

    private Plugboard(Path data, Controller controller) {
        this.data = data;
        this.controller = controller;
    }

    public static Plugboard start() {
        return start(OvsdbSettings.OFF);
    }

    /** One that follows the databases of the hosts that connect. */
    public static Plugboard startWithOvsdb(Adoption adopt) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return start(new OvsdbSettings(Optional.of(anyPort), Optional.empty(), adopt));
    }

    public static Plugboard start(OvsdbSettings ovsdb) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            Path data = Files.createTempDirectory("plugboard-data");
            return new Plugboard(data, Controller.start(new Settings(anyPort, anyPort, false, data).with(ovsdb)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Controller.StartFailed e) {
            throw new AssertionError(e);
        }
    }

    public InetSocketAddress openFlow() {
        return controller.openFlowAddress();
    }

    public InetSocketAddress ovsdb() {
        return controller.ovsdbAddress().orElseThrow();
    }

    public RestClient rest() {
        return new RestClient(controller.restAddress());
    }

    @Override
    public void close() {
        controller.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
