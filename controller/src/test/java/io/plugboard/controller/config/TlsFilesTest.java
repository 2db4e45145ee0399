package io.plugboard.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are made by openssl req -x509 -nodes -days 36500, and are nobody's. */
class TlsFilesTest {

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(TlsFilesTest.class.getResource("/tls/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static OvsdbSettings.Tls files(String certificate, String key) {
        return new OvsdbSettings.Tls(file(certificate), file(key), file("ours.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ours", "rsa"})
    void takesKeyOfTheCertificate(String name) {
        assertThat(TlsFiles.context(files(name + ".pem", name + ".key")).isServer())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.key", "rsa.key"})
    void namesKeyThatIsNotTheCertificates(String key) {
        assertThatThrownBy(() -> TlsFiles.context(files("ours.pem", key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file(key) + " is not the key of " + file("ours.pem"));
    }

    @Test
    void namesFilesThatAreNone() {
        assertThatThrownBy(() -> TlsFiles.context(files("ours.key", "ours.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ovsdb.tls: ")
                .hasMessageContaining("are to be a certificate, its key in PKCS #8");
    }
}
