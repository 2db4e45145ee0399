package io.plugboard.controller.config;

import io.plugboard.agent.config.AgentCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code plugboard} command. */
@Command(
        name = "plugboard",
        description = "Makes Open vSwitch behave like a hypervisor's own virtual switch.",
        mixinStandardHelpOptions = true,
        version = "plugboard 0.1.0",
        subcommands = {ServeCommand.class, AgentCommand.class})
public final class Main implements Runnable {
    private static final int HELP_WIDTH = 120;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments));
    }

    /** Returns the exit status; whatever is wrong with the arguments is one line in errors. */
    static int run(Map<String, String> environment, PrintWriter errors, String... arguments) {
        CommandLine commandLine = new CommandLine(new Main()).setErr(errors).setUsageHelpWidth(HELP_WIDTH);
        commandLine.setParameterExceptionHandler((wrong, unused) -> {
            errors.println("plugboard: " + wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        try {
            commandLine.setDefaultValueProvider(
                    SettingSources.of(environment, ConfigFile.named(environment, arguments)));
        } catch (SettingSources.InvalidSettings invalid) {
            errors.println("plugboard: " + invalid.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        return commandLine.execute(arguments);
    }

    /** The configuration file is known before anything else is parsed, since it says what the defaults are. */
    private static final class ConfigFile {
        @Option(names = "--config")
        private @Nullable Path path;

        static Optional<Path> named(Map<String, String> environment, String... arguments) {
            ConfigFile option = new ConfigFile();
            try {
                new CommandLine(option).setUnmatchedArgumentsAllowed(true).parseArgs(arguments);
            } catch (ParameterException incomplete) {
                return Optional.empty();
            }
            return Optional.ofNullable(option.path)
                    .or(() -> Optional.ofNullable(environment.get(SettingSources.environmentName("config")))
                            .map(Path::of));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: 'plugboard --help' lists the commands");
    }
}
