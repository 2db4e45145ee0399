package io.plugboard.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What cannot be followed ends the start with a line that names it. */
class AgentCommandTest {
    private final StringWriter errors = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private void refused(String line, String... arguments) {
        CommandLine command = new CommandLine(new AgentCommand())
                .setParameterExceptionHandler((wrong, unused) -> {
                    errors.append(String.valueOf(wrong.getMessage()));
                    return CommandLine.ExitCode.USAGE;
                })
                .setErr(new PrintWriter(errors, true));
        assertThat(command.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).isEqualTo(line);
    }

    @Test
    void asksWhatToFollow() {
        refused("say what to follow: --qmp-dir, --qmp, --libvirt-events, --netns or --pid");
    }

    @Test
    void namesDirectoryThatIsNone() {
        Path missing = directory.resolve("missing");
        refused(missing + " is not a directory", "--qmp-dir", missing.toString());
    }

    @Test
    void namesNamespaceThatCannotBeOne() {
        refused("--netns: '../x' is not the name of a namespace in /run/netns", "--netns", "../x");
    }

    @Test
    void namesProcessThatIsNotThere() {
        refused("--pid: there is no process 99999999", "--pid", "99999999");
    }

    @Test
    void namesAddressOfDatabaseThatIsNone() {
        refused(
                "Invalid value for option '--ovsdb': 'here' is neither unix:PATH nor tcp:HOST:PORT",
                "--netns",
                "red",
                "--ovsdb",
                "here");
    }
}
