package io.plugboard.controller.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong setting ends the start with one line that names it. */
class ServeCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter errors = new StringWriter();

    private int serve(Map<String, String> environment, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "serve";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Main.run(environment, new PrintWriter(errors, true), arguments);
    }

    private Path configuration(String yaml) throws IOException {
        return Files.writeString(directory.resolve("plugboard.yaml"), yaml);
    }

    private void refusedWith(String line) {
        assertThat(errors.toString().strip()).isEqualTo("plugboard: " + line);
    }

    @Test
    void namesEndpointOfOptionThatIsNone() {
        assertThat(serve(Map.of(), "--listen-rest", "here")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--listen-rest")
                .contains("'here' is not HOST:PORT, such as 127.0.0.1:8080")
                .hasLineCount(1);
    }

    @Test
    void namesEndpointOfEnvironmentThatIsNone() {
        assertThat(serve(Map.of("PLUGBOARD_OPENFLOW_LISTEN", "6653"))).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--listen-openflow")
                .contains("'6653' is not HOST:PORT")
                .hasLineCount(1);
    }

    @Test
    void namesEndpointOfFileThatIsNone() throws IOException {
        Path file = configuration("rest: {listen: '127.0.0.1:99999'}");
        assertThat(serve(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--listen-rest")
                .contains("'127.0.0.1:99999' is not HOST:PORT")
                .hasLineCount(1);
    }

    @Test
    void optionGoesBeforeEnvironmentAndThatBeforeFile() throws IOException {
        Path file = configuration("rest: {listen: of-the-file}\nopenflow: {listen: of-the-file}");
        Map<String, String> environment =
                Map.of("PLUGBOARD_CONFIG", file.toString(), "PLUGBOARD_REST_LISTEN", "of-the-environment");
        assertThat(serve(environment, "--listen-openflow", "of-the-option")).isEqualTo(2);
        assertThat(errors.toString()).contains("of-the-option");
        assertThat(serve(environment, "--listen-openflow", "127.0.0.1:0")).isEqualTo(2);
        assertThat(errors.toString()).contains("of-the-environment").doesNotContain("of-the-file");
    }

    @Test
    void namesSettingOfFileThatDoesNotExist() throws IOException {
        Path file = configuration("rest: {listen: '127.0.0.1:0', port: 8080}");
        assertThat(serve(Map.of(), "--config", file.toString())).isEqualTo(2);
        refusedWith(file + ": there is no setting 'rest.port'");
    }

    @Test
    void namesFileThatIsNotThere() {
        Path missing = directory.resolve("missing.yaml");
        assertThat(serve(Map.of(), "--config", missing.toString())).isEqualTo(2);
        refusedWith(missing + ": cannot be read: NoSuchFileException");
    }

    @Test
    void namesLineOfFileThatIsNoYaml() throws IOException {
        Path file = configuration("rest:\n  listen: [\n");
        assertThat(serve(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(errors.toString())
                .contains("plugboard.yaml: is no YAML")
                .contains("line")
                .hasLineCount(1);
    }

    @Test
    void namesDirectoryThatCannotBeTheStore() throws IOException {
        Path file = configuration("");
        assertThat(serve(
                        Map.of(),
                        "--data",
                        file.toString(),
                        "--listen-openflow",
                        "127.0.0.1:0",
                        "--listen-rest",
                        "127.0.0.1:0"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains(file.toString()).hasLineCount(1);
    }

    @Test
    void saysThatThereIsNoSuchOption() {
        assertThat(serve(Map.of(), "--listen-gopher", "127.0.0.1:70")).isEqualTo(2);
        assertThat(errors.toString()).contains("--listen-gopher").hasLineCount(1);
    }

    @Test
    void namesWhatTheTlsOfDatabasesLacks() {
        assertThat(serve(Map.of("PLUGBOARD_OVSDB_TLS_KEY", "key.pem"))).isEqualTo(2);
        refusedWith("ovsdb.tls needs all of certificate, key and ca");
        errors.getBuffer().setLength(0);

        String file = "a.pem";
        assertThat(serve(Map.of(), "--ovsdb-tls-certificate", file, "--ovsdb-tls-key", file, "--ovsdb-tls-ca", file))
                .isEqualTo(2);
        refusedWith("ovsdb.tls: nobody connects by it: say where to listen, --listen-ovsdb HOST:PORT");
    }

    @Test
    void namesFileOfTlsThatCannotBeRead() {
        Path nowhere = directory.resolve("nowhere.pem");
        assertThat(serve(
                        Map.of("PLUGBOARD_DATA", directory.toString()),
                        "--listen-ovsdb",
                        "127.0.0.1:0",
                        "--ovsdb-tls-certificate",
                        nowhere.toString(),
                        "--ovsdb-tls-key",
                        nowhere.toString(),
                        "--ovsdb-tls-ca",
                        nowhere.toString()))
                .isEqualTo(2);
        refusedWith("ovsdb.tls: " + nowhere + " cannot be read");
    }

    @Test
    void namesAdoptionThatIsNone() throws IOException {
        assertThat(serve(Map.of(), "--config", configuration("adopt: some").toString()))
                .isEqualTo(2);
        assertThat(errors.toString())
                .contains("--adopt")
                .contains("'some' is neither managed nor all")
                .hasLineCount(1);
    }

    @Test
    void endpointOfDatabasesHasDefaultPort() {
        assertThat(Endpoint.convert("127.0.0.1", 6640).getPort()).isEqualTo(6640);
        assertThat(Endpoint.convert("127.0.0.1:7", 6640).getPort()).isEqualTo(7);
    }
}
