package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BLUE;
import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VnicId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PUT of a vNIC with wait=active. */
class WaitingTest {
    private static final String MAC = "52:54:00:aa:bb:cc";
    private static final VnicId WEB_1 = new VnicId("web-1");
    private static final String PATH = "/api/v1/vnics/web-1?wait=active&timeoutMs=";

    private RestLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = new RestLab();
        lab.client.put("/api/v1/port-groups/blue", BLUE);
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    @Test
    void answersWhenTheSwitchHasConfirmed() throws Exception {
        CompletableFuture<Answer> answer = lab.client.putAsync(PATH + 60_000, vnic("tap0", MAC));
        lab.switches.asked(WEB_1).get();
        assertThat(lab.service.topology().attachment(WEB_1))
                .as("stored before it is waited for")
                .isPresent();
        assertThat(answer).isNotDone();
        lab.switches.settled(WEB_1).complete(Optional.of(RestLab.active(MAC, 7)));

        assertThat(answer.get().status()).isEqualTo(201);
        assertThat(answer.get().header("ETag")).contains("\"2\"");
        JsonNode status = answer.get().json().get("status");
        assertThat(status.get("state").asText()).isEqualTo("active");
        assertThat(status.get("portNumber").asInt()).isEqualTo(7);
        assertThat(lab.client.put(PATH + 60_000, vnic("tap0", MAC)).status()).isEqualTo(200);
    }

    @Test
    void answersAtOnceWhatTheSwitchHasRefused() throws Exception {
        VnicStatus failed = new VnicStatus(
                VnicStatus.State.FAILED,
                "the switch refused it: OFPFMFC_TABLE_FULL",
                OptionalInt.of(7),
                MacAddress.parse(MAC),
                Optional.empty());
        lab.switches.settled(WEB_1).complete(Optional.of(failed));
        Answer answer = lab.client.put(PATH + 60_000, vnic("tap0", MAC));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/status/state").asText()).isEqualTo("failed");
    }

    @Test
    void saysWhatIsMissingWhenTimeIsUp() throws Exception {
        lab.switches.put(WEB_1, RestLab.pending(MAC, "bridge 00000000000000a1 is not connected"));
        Answer answer = lab.client.put(PATH + 1, vnic("tap0", MAC));
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.json().at("/detail").asText())
                .isEqualTo("vNIC 'web-1' is stored, and pending after 1 ms: bridge 00000000000000a1 is not connected");
        assertThat(answer.json().at("/vnic/status/state").asText()).isEqualTo("pending");
        assertThat(lab.switches.settled(WEB_1)).as("nobody waits any longer").isCancelled();
        assertThat(lab.client.get("/api/v1/vnics/web-1").status()).isEqualTo(200);
    }

    @Test
    void saysThatItWasDeletedMeanwhile() throws Exception {
        lab.switches.settled(WEB_1).complete(Optional.empty());
        Answer answer = lab.client.put(PATH + 60_000, vnic("tap0", MAC));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().at("/detail").asText())
                .isEqualTo("vNIC 'web-1' was stored, and deleted or moved before it was active");
    }
}
