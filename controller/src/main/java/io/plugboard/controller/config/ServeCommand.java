package io.plugboard.controller.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the controller in the foreground until it is told to end. */
@Command(
        name = "serve",
        description = "Start the controller in the foreground; SIGTERM ends it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "Each setting is also an environment variable and a line of the configuration file:",
            "  --listen-rest is PLUGBOARD_REST_LISTEN, and 'rest: {listen: 127.0.0.1:8080}' in YAML;",
            "  --announce-initial-ms is PLUGBOARD_ANNOUNCE_INITIAL_MS, and 'announce: {initialMs: 50}'.",
            "An option goes before the environment, and that before the file."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file of settings (PLUGBOARD_CONFIG).",
            descriptionKey = "config")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "Where the store is (PLUGBOARD_DATA; data). Default: ${DEFAULT-VALUE}",
            descriptionKey = "data")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--listen-openflow",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:6653",
            converter = Endpoint.class,
            description =
                    "Where switches connect (PLUGBOARD_OPENFLOW_LISTEN; openflow.listen). Default: ${DEFAULT-VALUE}",
            descriptionKey = "openflow.listen")
    @SuppressWarnings("NullAway.Init")
    private InetSocketAddress openFlow;

    @Option(
            names = "--listen-rest",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            converter = Endpoint.class,
            description = "Where people and scripts connect (PLUGBOARD_REST_LISTEN; rest.listen)."
                    + " Default: ${DEFAULT-VALUE}",
            descriptionKey = "rest.listen")
    @SuppressWarnings("NullAway.Init")
    private InetSocketAddress rest;

    @Option(
            names = "--rest-insecure",
            description = "Let REST listen beyond loopback without TLS and a token"
                    + " (PLUGBOARD_REST_INSECURE; rest.insecure).",
            descriptionKey = "rest.insecure")
    private boolean restInsecure;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AnnounceOptions announce;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OvsdbOptions ovsdb;

    /** @throws ParameterException when one cannot be; the message is the one line that names it */
    Settings settings() {
        try {
            return new Settings(
                    openFlow, rest, restInsecure, data, announce.rate(), announce.policy(), ovsdb.settings());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (spec.defaultValueProvider() instanceof SettingSources sources) {
            for (String key : sources.unknownTo(spec)) {
                throw new ParameterException(spec.commandLine(), config + ": there is no setting '" + key + "'");
            }
        }
        Controller controller;
        try {
            controller = Controller.start(settings());
        } catch (Controller.StartFailed failed) {
            throw new ParameterException(
                    spec.commandLine(), Optional.ofNullable(failed.getMessage()).orElse("cannot start"));
        }
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            controller.close();
                            ended.countDown();
                        },
                        "shutdown"));
        ended.await();
        return 0;
    }
}
