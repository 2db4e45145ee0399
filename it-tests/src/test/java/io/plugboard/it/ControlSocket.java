package io.plugboard.it;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the socket by which a daemon of Open vSwitch takes the commands of ovs-appctl: JSON-RPC 1.0, without a
 * process for each command. It answers in the order it is asked in, so many commands can be on the way at once.
 */
final class ControlSocket implements AutoCloseable {
    /** So few that their answers fit in the socket's buffers while we still write. */
    private static final int ON_THE_WAY = 50;

    private final ObjectMapper json = new ObjectMapper();
    private final SocketChannel channel;
    private final JsonParser answers;

    ControlSocket(Path socket) {
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            answers =
                    json.createParser(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Does the same command with each of these arguments.
     *
     * @return what it printed, in the order of the arguments
     * @throws IllegalStateException when one of them fails; the message is the daemon's
     */
    List<String> each(String command, List<List<String>> arguments) {
        List<String> printed = new ArrayList<>();
        try {
            for (int first = 0; first < arguments.size(); first += ON_THE_WAY) {
                List<List<String>> batch = arguments.subList(first, Math.min(first + ON_THE_WAY, arguments.size()));
                StringBuilder requests = new StringBuilder();
                for (List<String> parameters : batch) {
                    requests.append(json.writeValueAsString(new Request(0, command, parameters)));
                }
                ByteBuffer bytes = ByteBuffer.wrap(requests.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                for (int answer = 0; answer < batch.size(); answer++) {
                    printed.add(result(command, json.readTree(answers)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return printed;
    }

    private static String result(String command, @Nullable JsonNode answer) {
        if (answer == null) {
            throw new IllegalStateException(command + ": the daemon has closed the connection");
        }
        if (!answer.path("error").isNull()) {
            throw new IllegalStateException(
                    command + ": " + answer.path("error").asText());
        }
        return answer.path("result").asText();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Request(int id, String method, List<String> params) {}
}
