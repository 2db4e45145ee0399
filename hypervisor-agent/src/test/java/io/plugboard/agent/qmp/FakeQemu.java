package io.plugboard.agent.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The other end of a QMP socket, which says what a test tells it to say. */
final class FakeQemu implements AutoCloseable {
    static final String GREETING =
            "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, \"package\": \"\"}, \"capabilities\": [\"oob\"]}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocketChannel server;

    private FakeQemu(ServerSocketChannel server) {
        this.server = server;
    }

    static FakeQemu at(Path socket) {
        return at(socket, 16);
    }

    /** @param backlog how many that connect may wait to be accepted */
    static FakeQemu at(Path socket, int backlog) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket), backlog);
            return new FakeQemu(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next one that connects. */
    Connection accept() {
        try {
            return new Connection(server.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next one that connects, and negotiates with it. */
    Connection acceptAndGreet() {
        Connection connection = accept();
        connection.send(GREETING);
        connection.answer("qmp_capabilities", "{}");
        return connection;
    }

    /** Nobody listens any more; the socket's file stays, as that of a QEMU that was killed. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Connection implements AutoCloseable {
        private final SocketChannel channel;
        private final BufferedReader lines;

        private Connection(SocketChannel channel) {
            this.channel = channel;
            this.lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        }

        void send(String line) {
            sendUnended(line + "\r\n");
        }

        /** Whether all of it could be sent: the other side may break off in the middle. */
        boolean sendUnended(String text) {
            ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
            try {
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
                return true;
            } catch (IOException brokenOff) {
                return false;
            }
        }

        /** Waits for the next command, which must be this one, and answers it. Returns the command. */
        JsonNode answer(String command, String returned) {
            try {
                JsonNode message = JSON.readTree(lines.readLine());
                if (!message.path("execute").asText().equals(command)) {
                    throw new AssertionError("expected " + command + ", got " + message);
                }
                send("{\"return\": " + returned + ", \"id\": " + message.get("id") + "}");
                return message;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until the other side has closed it. */
        void awaitEnd() {
            try {
                while (lines.readLine() != null) {
                    // What it had asked before is of no interest.
                }
            } catch (IOException reset) {
                // Closed before it had read everything.
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
