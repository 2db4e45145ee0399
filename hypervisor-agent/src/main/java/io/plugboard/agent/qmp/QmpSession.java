package io.plugboard.agent.qmp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a QEMU: waits for its greeting, negotiates, then commands and events. What does not answer in time, or not
 * as the protocol says, is left. To be used on the thread that reads it.
 */
public final class QmpSession extends SimpleChannelInboundHandler<String> {
    /** A line of QEMU's: the answer to query-rx-filter of a card takes some 25 KiB where it lists all VLANs. */
    static final int MAX_LINE = 1 << 20;

    private static final int MAX_DEPTH = 32;
    /** A machine that saves its state to disk may keep its monitor waiting for seconds. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(QmpSession.class);
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_LINE)
                            .build())
                    .build())
            .build();

    private final String name;
    private final Channel channel;
    private final QmpListener listener;
    private final Map<Integer, Command> commands = new HashMap<>();
    private int lastId;
    private boolean isGreeted;
    private boolean isReady;
    private Optional<ScheduledFuture<?>> deadline = Optional.empty();
    private Optional<String> end = Optional.empty();

    private record Command(CompletableFuture<JsonNode> answer, ScheduledFuture<?> deadline) {}

    QmpSession(String name, Channel channel, QmpListener listener) {
        this.name = name;
        this.channel = channel;
        this.listener = listener;
    }

    /** Whether it has ever taken commands. */
    boolean hasBeenReady() {
        return isReady;
    }

    Optional<String> end() {
        return end;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline = Optional.of(closeLater("it has not greeted within " + ANSWER.toSeconds() + " s"));
    }

    private ScheduledFuture<?> closeLater(String reason) {
        return channel.eventLoop().schedule(() -> close(reason), ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, String line) {
        if (line.isBlank()) {
            return;
        }
        JsonNode message;
        try {
            message = JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            close("it sent a line that is no JSON");
            return;
        }
        if (!isGreeted) {
            greeted(message);
        } else if (message.path("event").isTextual()) {
            if (isReady) {
                listener.event(this, message.get("event").textValue(), message.path("data"));
            }
        } else if (message.path("id").isInt()) {
            answered(message);
        } else {
            close("it sent a message that is neither an answer nor an event");
        }
    }

    private void greeted(JsonNode message) {
        if (!message.path("QMP").isObject()) {
            close("it does not greet as QMP");
            return;
        }
        isGreeted = true;
        deadline.ifPresent(waiting -> waiting.cancel(false));
        execute("qmp_capabilities", JsonNodeFactory.instance.objectNode()).whenComplete((answer, failed) -> {
            if (failed == null) {
                isReady = true;
                listener.ready(this);
            } else {
                close("it does not negotiate: " + failed.getMessage());
            }
        });
    }

    private void answered(JsonNode message) {
        Command command = commands.remove(message.get("id").intValue());
        if (command == null) {
            close("it answered what nobody has asked");
            return;
        }
        command.deadline().cancel(false);
        if (message.has("return")) {
            command.answer().complete(message.get("return"));
        } else {
            command.answer()
                    .completeExceptionally(
                            new QmpFailure(message.path("error").path("desc").asText("refused without a word")));
        }
    }

    /** Completes with what QEMU returns; exceptionally with {@link QmpFailure}. */
    public CompletionStage<JsonNode> execute(String command, ObjectNode arguments) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        if (end.isPresent()) {
            answer.completeExceptionally(new QmpFailure(end.get()));
            return answer;
        }
        lastId++;
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("execute", command).put("id", lastId);
        if (!arguments.isEmpty()) {
            message.set("arguments", arguments);
        }
        commands.put(
                lastId,
                new Command(
                        answer, closeLater("it has not answered " + command + " within " + ANSWER.toSeconds() + " s")));
        channel.writeAndFlush(Unpooled.copiedBuffer(message + "\n", StandardCharsets.UTF_8));
        return answer;
    }

    /** Does this later on the thread of the session, unless it has ended by then. */
    public void later(Duration pause, Runnable action) {
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (end.isEmpty()) {
                                action.run();
                            }
                        },
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        log.debug("QEMU {}: it is left", name, thrown);
        close(Optional.ofNullable(thrown.getMessage()).orElse(thrown.toString()));
    }

    void close(String reason) {
        if (end.isEmpty()) {
            end = Optional.of(reason);
        }
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        String reason = end.orElse("it has closed the connection");
        end = Optional.of(reason);
        deadline.ifPresent(waiting -> waiting.cancel(false));
        for (Command command : Map.copyOf(commands).values()) {
            command.deadline().cancel(false);
            command.answer().completeExceptionally(new QmpFailure(reason));
        }
        commands.clear();
        if (isReady) {
            listener.closed(this, reason);
        }
        context.fireChannelInactive();
    }

    /** {@code QEMU web-1}. */
    @Override
    public String toString() {
        return "QEMU " + name;
    }
}
