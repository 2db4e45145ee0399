package io.plugboard.controller.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.Ipv4Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** How announcements are set up, for the whole controller. */
class AnnounceSettingsTest {
    @TempDir
    private Path directory;

    private Settings settings(Map<String, String> environment, String yaml, String... options) throws Exception {
        Path file = Files.writeString(directory.resolve("plugboard.yaml"), yaml);
        ServeCommand command = new ServeCommand();
        new CommandLine(command)
                .setDefaultValueProvider(SettingSources.of(environment, Optional.of(file)))
                .parseArgs(options);
        return command.settings();
    }

    @Test
    void areTheDefaultsWhereNobodySetsThem() throws Exception {
        Settings settings = settings(Map.of(), "");
        assertThat(settings.announceRate()).isEqualTo(1000);
        assertThat(settings.announce().settings()).isEqualTo(AnnounceSettings.DEFAULT);
    }

    @Test
    void comeFromTheFileTheEnvironmentAndTheOptionsByOneNameEach() throws Exception {
        Settings settings = settings(
                Map.of(
                        "PLUGBOARD_ANNOUNCE_QUERY_SPACING_MS",
                        "700",
                        "PLUGBOARD_ANNOUNCE_IGMP_QUERY_SOURCE",
                        "192.0.2.1"),
                "announce: {rate: 50, rounds: 9, initialMs: 7, querySpacingMs: 600, reportKnownGroups: false}",
                "--announce-rounds",
                "2",
                "--announce-query-interval-ms=60000");
        assertThat(settings.announceRate()).isEqualTo(50);
        AnnounceSettings announce = settings.announce().settings();
        assertThat(announce.rounds()).isEqualTo(2);
        assertThat(announce.initial()).isEqualTo(Duration.ofMillis(7));
        assertThat(announce.querySpacing()).isEqualTo(Duration.ofMillis(700));
        assertThat(announce.igmpQuerySource()).isEqualTo(Ipv4Address.parse("192.0.2.1"));
        assertThat(announce.queryInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(announce.reportKnownGroups()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate: 0 | announce.rate is 1 to 1000000 frames a second, not 0",
                "rate: 1000001 | announce.rate is 1 to 1000000 frames a second, not 1000001",
                "rounds: 0 | announce.rounds is 1 to 100, not 0",
                "maxMs: 100001 | announce.maxMs is 0 to 100000 ms, not 100001 ms",
                "igmpVersion: 1 | announce.igmpVersion is 2 or 3, not 1",
                "igmpQuerySource: 224.0.0.1 | announce.igmpQuerySource is 0.0.0.0 or an address of one network card",
                "igmpQuerySource: fe80 | --announce-",
                "mldQuerySource: 2001:db8::1 | announce.mldQuerySource is a link-local address (fe80::/10)",
                "mldQuerySource: none | --announce-",
                "queries: many | --announce-queries",
                "reportKnownGroups: maybe | --announce-report-known-groups",
                "round: 5 | announce.round"
            })
    void endTheStartWithOneLineThatNamesTheOneThatIsWrong(String setting, String line) throws IOException {
        Path file = Files.writeString(directory.resolve("plugboard.yaml"), "announce:\n  " + setting + "\n");
        StringWriter errors = new StringWriter();
        int status = Main.run(Map.of(), new PrintWriter(errors, true), "serve", "--config", file.toString());
        assertThat(status).isEqualTo(2);
        assertThat(errors.toString()).contains(line).hasLineCount(1);
    }

    @Test
    void areAllInTheHelpWithTheirNamesAndDefaults() {
        CommandLine serve = new CommandLine(new ServeCommand());
        // Its lines break within names too.
        String help = serve.getUsageMessage().replaceAll("\\s+", "");
        for (OptionSpec option : serve.getCommandSpec().options()) {
            String key = option.descriptionKey();
            if (key != null && key.startsWith("announce.")) {
                assertThat(help)
                        .contains(option.longestName() + "=" + option.paramLabel())
                        .contains("(" + SettingSources.environmentName(key) + ";" + key + ").Default:"
                                + option.defaultValue());
            }
        }
    }
}
