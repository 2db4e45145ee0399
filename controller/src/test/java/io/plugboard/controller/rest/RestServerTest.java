package io.plugboard.controller.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.controller.announce.FakeAnnouncementDesk;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.controller.service.Hosts;
import io.plugboard.topology.Topology;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RestServerTest {
    private static RestServer server(InetSocketAddress listen, boolean insecure) {
        return new RestServer(
                listen,
                insecure,
                new FakeTopologyService(),
                new FakeSwitches(() -> Topology.EMPTY),
                Hosts.NONE,
                new FakeAnnouncementDesk(),
                new EventLog(Clock.systemUTC()),
                new Metrics());
    }

    @Test
    void refusesToBeOpenToTheNetworkUnlessThatIsAskedFor() throws Exception {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> server(everywhere, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "REST on 0.0.0.0:0 could be used by the whole network, without encryption and without a token:"
                                + " listen on 127.0.0.1, or say --rest-insecure");
        try (RestServer asked = server(everywhere, true).start()) {
            assertThat(asked.port()).isPositive();
        }
    }

    @Test
    void namesAHostThatDoesNotExist() {
        assertThatThrownBy(() -> server(InetSocketAddress.createUnresolved("no.such.host", 8080), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("REST cannot listen on no.such.host:8080: there is no such host");
    }

    @Test
    void namesAnAddressThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RestServer server = server((InetSocketAddress) taken.getLocalSocketAddress(), false);
            assertThatThrownBy(server::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("REST cannot listen on \\S+:" + taken.getLocalPort() + ": .*in use.*");
            server.close();
        }
    }

    @Test
    void endsItsConnections() throws Exception {
        RestLab lab = new RestLab();
        assertThat(lab.client.get("/healthz").json()).hasToString("{\"status\":\"ok\"}");
        lab.close();
        assertThatThrownBy(() -> lab.client.get("/healthz")).isInstanceOf(ConnectException.class);
    }

    @Test
    void saysThatItIsAliveAndReady() throws Exception {
        try (RestLab lab = new RestLab()) {
            assertThat(lab.client.get("/healthz").status()).isEqualTo(200);
            assertThat(lab.client.get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void servesThePageAndAllThatItAsksFor() throws Exception {
        try (RestLab lab = new RestLab()) {
            Answer page = lab.client.get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(page.header("Content-Security-Policy").orElseThrow()).startsWith("default-src 'self'");
            assertThat(page.body()).contains("<html lang=\"en\"").doesNotContain("http://", "https://");
            Matcher parts = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page.body());
            int found = 0;
            while (parts.find()) {
                Answer part = lab.client.get(parts.group(1));
                assertThat(part.status()).as(parts.group(1)).isEqualTo(200);
                found++;
            }
            assertThat(found).isEqualTo(7);
        }
    }
}
