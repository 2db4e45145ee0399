package io.plugboard.controller.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Java's own client asks for HTTP/2 unless it is told not to. */
class Http2Test {
    private static final int MANY = 1_000;

    @Test
    void givesLongListsWhole() throws Exception {
        try (RestLab lab = new RestLab()) {
            for (int number = 0; number < MANY; number++) {
                lab.client.put("/api/v1/port-groups/group-" + number, RestLab.BLUE);
            }

            HttpResponse<String> list = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + lab.server.port() + "/api/v1/port-groups"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(list.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(new ObjectMapper().readTree(list.body()).path("items")).hasSize(MANY);
        }
    }
}
