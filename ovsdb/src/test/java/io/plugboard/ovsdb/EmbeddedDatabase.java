package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server's side of one session, without a socket, on a clock that stands still but for {@link #pass}. */
final class EmbeddedDatabase {
    private final EmbeddedChannel channel;
    private Session session;

    EmbeddedDatabase(OvsdbListener listener, OvsdbLimits limits, Optional<Followed> before) {
        channel = new EmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel embedded) {
                ((EmbeddedChannel) embedded).freezeTime();
                // What a test does not look at is the garbage collector's.
                embedded.config().setAllocator(new UnpooledByteBufAllocator(false, true));
                session = new Pipeline(limits, listener).in(embedded, before);
            }
        });
    }

    EmbeddedDatabase(OvsdbListener listener) {
        this(listener, OvsdbLimits.defaults(), Optional.empty());
    }

    Session session() {
        return session;
    }

    /** Goes nowhere once the connection has ended. Single quotes stand for double ones. */
    void send(String text) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(text.replace('\'', '"'), StandardCharsets.UTF_8));
        }
        channel.runPendingTasks();
    }

    void answer(JsonNode question, String result) {
        send("{'id':" + question.get("id") + ",'result':" + result + ",'error':null}");
    }

    void refuse(JsonNode question, String error) {
        send("{'id':" + question.get("id") + ",'error':" + error + "}");
    }

    boolean hasReceived() {
        channel.runPendingTasks();
        return !channel.outboundMessages().isEmpty();
    }

    /** The next message. Fails when there is none. */
    JsonNode receive() {
        if (!hasReceived()) {
            throw new AssertionError("nothing has been sent");
        }
        ByteBuf octets = channel.readOutbound();
        String text = octets.toString(StandardCharsets.UTF_8);
        octets.release();
        return Database.json(text);
    }

    JsonNode receive(String method) {
        JsonNode message = receive();
        if (!message.path("method").asText().equals(method)) {
            throw new AssertionError("not " + method + ": " + message);
        }
        return message;
    }

    /** Tells the schema, and that there is a root and a bridge. */
    void tellAll() {
        answer(receive("get_schema"), Database.schema().toString());
        answer(receive("monitor_cond_since"), "[false,'" + Followed.NEVER + "'," + Database.rows("initial") + "]");
    }

    void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    /** From now on the socket takes nothing, or everything again. */
    void setReading(boolean reading) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, reading);
        channel.runPendingTasks();
    }

    boolean isConnected() {
        return channel.isOpen();
    }

    void close() {
        channel.close();
        channel.runPendingTasks();
    }
}
