package io.plugboard.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DatabaseAddressTest {
    private final DatabaseAddress address = new DatabaseAddress();

    @Test
    void readsSocketsAndAddresses() {
        assertThat(address.convert("unix:/var/run/openvswitch/db.sock"))
                .isEqualTo(UnixDomainSocketAddress.of("/var/run/openvswitch/db.sock"));
        assertThat(address.convert("tcp:127.0.0.1:6640")).isEqualTo(new InetSocketAddress("127.0.0.1", 6640));
        assertThat(address.convert("tcp:[::1]:6640")).isEqualTo(new InetSocketAddress("::1", 6640));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unix:", "tcp:", "tcp:127.0.0.1", "tcp:127.0.0.1:99999", "tcp:127.0.0.1:x", "/run/db.sock"})
    void refusesWhatIsNeither(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> address.convert(text))
                .withMessage("'" + text + "' is neither unix:PATH nor tcp:HOST:PORT");
    }
}
