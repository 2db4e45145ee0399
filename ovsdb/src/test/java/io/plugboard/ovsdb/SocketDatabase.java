package io.plugboard.ovsdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** The server's side of one session, on a socket. */
final class SocketDatabase implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final MappingIterator<JsonNode> questions;

    SocketDatabase(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        ObjectMapper json = new ObjectMapper();
        JsonParser parser = json.createParser(socket.getInputStream());
        this.questions = json.readerFor(JsonNode.class).readValues(parser);
    }

    static SocketDatabase connect(SocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.connect(to);
        return new SocketDatabase(socket);
    }

    /** Single quotes stand for double ones. */
    void send(String text) throws IOException {
        out.write(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    JsonNode receive(String method) throws IOException {
        JsonNode message = questions.nextValue();
        if (!message.path("method").asText().equals(method)) {
            throw new AssertionError("not " + method + ": " + message);
        }
        return message;
    }

    void answer(JsonNode question, String result) throws IOException {
        send("{'id':" + question.get("id") + ",'result':" + result + ",'error':null}");
    }

    /** Tells the schema, and that there is a root and a bridge. */
    void tellAll(String transaction) throws IOException {
        answer(receive("get_schema"), Database.schema().toString());
        answer(receive("monitor_cond_since"), "[false,'" + transaction + "'," + Database.rows("initial") + "]");
    }

    /** Returns when the other side has ended the connection, by whatever it has sent before. */
    void awaitEnd() throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Not of interest.
            }
        } catch (IOException reset) {
            // It had not read all of what was sent.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
