package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BLUE;
import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.rest.RestClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is wrong is said as a problem, all of it at once, and nothing else is. */
class ErrorsTest {
    private static final String RED = "/api/v1/port-groups/red";

    private RestLab lab;
    private RestClient client;

    @BeforeEach
    void start() throws Exception {
        lab = new RestLab().withVnic();
        client = lab.client;
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private static void assertProblem(Answer answer, int status, String... wrong) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.json().at("/status").intValue()).isEqualTo(status);
        assertThat(answer.json().at("/type").textValue()).startsWith("urn:plugboard:problem:");
        assertThat(answer.json().at("/title").textValue()).isNotEmpty();
        assertThat(answer.json().at("/detail").textValue()).isNotEmpty();
        List<String> errors = new ArrayList<>();
        answer.json()
                .at("/errors")
                .forEach(error -> errors.add(
                        error.path("pointer").asText() + error.path("parameter").asText() + ": "
                                + error.get("detail").textValue()));
        assertThat(errors).containsExactly(wrong);
        assertThat(answer.body()).doesNotContain("Exception", "vertx", "java.", "fasterxml", "JsonReadFeature");
    }

    @Test
    void namesEveryWrongFieldAtOnce() throws Exception {
        Answer answer = client.put(
                "/api/v1/vnics/x",
                "{\"id\": \"y\", \"bridge\": \"a1\", \"port\": \"\", \"mac\": \"01:00:5e:00:00:01\", \"portGroup\": \"green\","
                        + " \"colour\": 1}");
        assertProblem(
                answer,
                400,
                "/id: must be x as in the path, not y",
                "/bridge: 'a1' is not a datapath id: 16 hex digits such as 00000000000000a1",
                "/port: a port name has 1 to 15 characters of printable ASCII, not ''",
                "/mac: 01:00:5e:00:00:01 is a group address (its multicast bit is set): no network card can own it",
                "/colour: there is no field 'colour' here, only: id, bridge, port, mac, portGroup, security, allowedMacs,"
                        + " addresses, multicastRouter, rxFilter, slot, source, migration, leaving, revision, status",
                "/portGroup: there is no port group 'green'");
    }

    @Test
    void namesEveryWrongElementOfAnArray() throws Exception {
        assertProblem(
                client.put("/api/v1/bridges/00000000000000a1", "{\"uplinks\": [\"eth1\", 5, \"\"]}"),
                400,
                "/uplinks/1: must be a string, not 5",
                "/uplinks/2: a port name has 1 to 15 characters of printable ASCII, not ''");
        assertProblem(
                client.put("/api/v1/bridges/00000000000000a1", "{\"uplinks\": [\"eth1\", \"eth1\"]}"),
                422,
                "/uplinks: an uplink is named twice in [eth1, eth1]");
    }

    @Test
    void refusesJsonOfTheWrongShape() throws Exception {
        assertProblem(client.put(RED, "[]"), 400, ": must be an object, not an array");
        assertProblem(client.put(RED, "\"x\""), 400, ": must be an object, not 'x'");
        assertProblem(client.put(RED, "null"), 400, ": must be an object, not null");
        assertProblem(client.put(RED, "{\"vlan\": 5}"), 400, "/vlan: must be an object, not 5");
        assertProblem(
                client.put(RED, "{\"vlan\": {\"mode\": \"access\", \"id\": \"100\"}}"),
                400,
                "/vlan/id: must be an integer, not '100'");
        assertProblem(
                client.put(RED, "{\"vlan\": {\"mode\": \"tree\"}}"),
                422,
                "/vlan/mode: a VLAN mode is 'access' or 'trunk' or 'untagged', not 'tree'");
    }

    @Test
    void saysWhereJsonIsBroken() throws Exception {
        assertProblem(client.put(RED, " "), 400, ": the body is empty: a JSON object is expected");
        assertProblem(
                client.put(RED, "{\"vlan\": {}} {"), 400, ": line 1, column 14: there is more behind the JSON object");
        assertProblem(client.put(RED, "{\"vlan\": NaN}"), 400, "/vlan: line 1, column 13: Non-standard token 'NaN'");
        for (String broken :
                new String[] {"{", "{\"vlan\"", "{\"vlan\": {\"mode\": \"acc", "nonsense", "{'vlan': 1}", "\u0000"}) {
            Answer answer = client.put(RED, broken);
            assertThat(answer.status()).as(broken).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/detail").textValue()).startsWith("line 1, column ");
        }
    }

    @Test
    void refusesWhatIsDeepOrLong() throws Exception {
        assertThat(client.put(RED, "[".repeat(100_000)).json().at("/detail").textValue())
                .endsWith("Document nesting depth (17) exceeds the maximum allowed (16)");
        assertThat(client.put(RED, "{\"x\": \"" + "y".repeat(900_000) + "\"}")
                        .json()
                        .at("/detail")
                        .textValue())
                .contains("exceeds the maximum allowed (4096)");
        assertThat(client.put(RED, "{\"" + "y".repeat(900_000) + "\": 0}").status())
                .isEqualTo(400);
        assertThat(client.put(RED, "{\"vlan\": " + "9".repeat(900_000) + "}").status())
                .isEqualTo(400);
        assertThat(client.post("/api/v1/transactions", "[\"" + "x".repeat(10 << 20) + "\"]")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesTextThatIsNotUtf8() throws Exception {
        String answer =
                raw("PUT " + RED + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + "Content-Length: 3\r\n\r\n\"\u00ff\"");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    }

    @Test
    void refusesABodyThatIsTooLargeBeforeReadingIt() throws Exception {
        String head = "PUT " + RED + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        assertThat(raw(head + "Content-Length: 1073741824\r\n\r\n{"))
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json", "not 1073741824");
        assertThat(raw(head + "Content-Length: 99999999999999999999\r\n\r\n{")).startsWith("HTTP/1.1 4");
    }

    @Test
    void refusesABodyOfUnknownLengthWhenItGetsTooLarge() throws Exception {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        String answer = raw("PUT " + RED + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17));
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
    }

    @Test
    void refusesMoreLargeBodiesAtOnceThanFitInMemory() throws Exception {
        String head = "POST /api/v1/transactions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 33554432\r\n\r\n";
        byte[] almost = " ".repeat(33_554_431).getBytes(StandardCharsets.US_ASCII);
        List<Socket> senders = new ArrayList<>();
        try {
            for (int sender = 0; sender < 3; sender++) {
                Socket socket = connect();
                senders.add(socket);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(almost);
            }
            assertThat(readAnswer(senders.get(2).getInputStream()))
                    .startsWith("HTTP/1.1 429 ")
                    .contains("application/problem+json", "retry-after: 1");
        } finally {
            for (Socket socket : senders) {
                socket.close();
            }
        }
    }

    @Test
    void wantsToBeToldThatTheBodyIsJson() throws Exception {
        String wanted = "Content-Type: the body must have Content-Type: application/json, not ";
        assertProblem(client.send("PUT", RED, BLUE), 415, wanted + "none");
        assertProblem(client.send("PUT", RED, BLUE, "Content-Type", "text/plain"), 415, wanted + "text/plain");
        assertThat(client.send("PUT", RED, BLUE, "Content-Type", "Application/JSON; charset=utf-8")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void refusesParametersThatItDoesNotKnow() throws Exception {
        assertProblem(
                client.get("/api/v1/vnics?brige=a1&limit=x&state=asleep&bridge=a1&bridge=a2"),
                400,
                "bridge: 'bridge' is given 2 times",
                "state: a state is one of active, blocked, failed, pending, not 'asleep'",
                "limit: must be 1 to 2147483647, not 'x'",
                "brige: there is no parameter 'brige' here, only: bridge, portGroup, state, limit, continue");
        assertProblem(
                client.put("/api/v1/vnics/x?wait=ready&timeoutMs=60001", vnic("tap1", "52:54:00:00:00:01")),
                400,
                "wait: must be 'active', not 'ready'",
                "timeoutMs: must be 1 to 60000, not '60001'");
        assertProblem(client.get("/api/v1/vnics/web-1?x="), 400, "x: there is no parameter 'x' here");
        assertProblem(
                client.get("/api/v1/vnics?continue=%20"),
                400,
                "continue: ' ' is not the id of a vNIC: 1 to 128 of A-Z a-z 0-9 . _ : -");
    }

    @Test
    void refusesPathsThatNameNothing() throws Exception {
        assertProblem(client.get("/api/v1/nope"), 404);
        assertProblem(client.get("/api/v2/vnics"), 404);
        assertProblem(client.get("/api/v1/vnics/web-1/x"), 404);
        assertProblem(client.delete("/api/v1/port-groups/nope"), 404);
        assertProblem(client.delete("/api/v1/bridges/00000000000000ff"), 404);
        assertProblem(client.get("/api/v1/bridges/00000000000000ff/flows"), 404);
        assertProblem(client.post("/api/v1/bridges/00000000000000ff/resync", ""), 404);
        assertProblem(
                client.get("/api/v1/bridges/br0"),
                400,
                "dpid: 'br0' is not a datapath id: 16 hex digits such as 00000000000000a1");
        assertProblem(
                client.put("/api/v1/vnics/a%2Fb", "{}"),
                400,
                "id: 'a/b' is not the id of a vNIC: 1 to 128 of A-Z a-z 0-9 . _ : -");
    }

    @Test
    void refusesMethodsThatAPathHasNot() throws Exception {
        Answer answer = client.post("/api/v1/vnics/web-1", "{}");
        assertProblem(answer, 405);
        assertThat(answer.header("Allow")).contains("DELETE, GET, HEAD, PUT");
        assertProblem(client.delete("/api/v1/vnics"), 405);
        assertProblem(client.get("/api/v1/transactions"), 405);
        assertProblem(client.send("OPTIONS", "/healthz", ""), 405);
    }

    @Test
    void refusesPreconditionsThatItCannotRead() throws Exception {
        assertProblem(
                client.put(RED, BLUE, "If-Match", "17"),
                400,
                "If-Match: must be * or ETags in quotes, such as \"17\", not 17");
        assertProblem(client.put(RED, BLUE, "If-Match", "*"), 412, "If-Match: port group 'red' does not exist");
    }

    @Test
    void refusesWhatContradictsWhatIsTrue() throws Exception {
        client.put("/api/v1/bridges/00000000000000a1", "{\"uplinks\": [\"eth1\"]}");
        assertProblem(
                client.put("/api/v1/vnics/x", vnic("tap0", "52:54:00:aa:bb:cc")),
                409,
                "/mac: 52:54:00:aa:bb:cc is already the MAC of vNIC 'web-1' in VLAN 100 of bridge 00000000000000a1",
                "/port: port tap0 of bridge 00000000000000a1 is already taken by vNIC 'web-1'");
        assertProblem(
                client.put("/api/v1/vnics/x", vnic("eth1", "52:54:00:00:00:01")),
                409,
                "/port: port eth1 is an uplink of bridge 00000000000000a1");
        assertProblem(
                client.put("/api/v1/bridges/00000000000000a1", "{\"uplinks\": [\"eth1\", \"tap0\"]}"),
                409,
                "/uplinks/1: port tap0 is taken by vNIC 'web-1'");
        assertProblem(client.delete("/api/v1/bridges/00000000000000a1"), 409);
        assertProblem(client.delete("/api/v1/port-groups/blue"), 409);
    }

    @Test
    void saysThatTheStoreIsUnavailable() throws Exception {
        lab.service.failFromNowOn("the disk is full");
        Answer answer = client.put(RED, BLUE);
        assertProblem(answer, 503);
        assertThat(answer.header("Retry-After")).contains("1");
        assertThat(client.get(RED).status()).isEqualTo(404);
    }

    @Test
    void keepsItsOwnFaultsToItsLog() throws Exception {
        lab.service.breakFromNowOn();
        Answer answer = client.put(RED, BLUE);
        assertProblem(answer, 500);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void answersWhatIsNotHttpWithAProblemToo() throws Exception {
        for (String request : new String[] {
            "nonsense\r\n\r\n",
            "GET /api/v1/vnics/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /api/v1/vnics?limit=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /api/v1/vnics HTTP/1.1\r\nHost: x\r\nbad header\r\nConnection: close\r\n\r\n",
            "PUT " + RED + " HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n"
        }) {
            assertThat(raw(request))
                    .as(request)
                    .contains(" 400 Bad Request", "application/problem+json", "urn:plugboard:problem:bad-request")
                    .doesNotContain("Exception", "<html");
        }
        assertThat(raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 431 Request Header Fields Too Large", "application/problem+json");
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), lab.server.port());
    }

    /** Sends these Latin-1 bytes as they are and reads one answer. */
    private String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return readAnswer(socket.getInputStream());
        }
    }

    private static String readAnswer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            assertThat(octet).as("the connection ended after: %s", answer).isNotNegative();
            answer.append((char) octet);
        }
        Matcher length = Pattern.compile("content-length: (\\d+)").matcher(answer);
        assertThat(length.find()).as(answer.toString()).isTrue();
        byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
        return answer + new String(body, StandardCharsets.UTF_8);
    }
}
