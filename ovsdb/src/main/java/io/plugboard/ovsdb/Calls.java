package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import io.plugboard.ovsdb.wire.Rpc;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the peer of a connection has been asked and has not answered. Lives on the channel's own thread. */
final class Calls {
    private final Channel channel;
    private final Consumer<String> onSilence;
    private final Map<Integer, Call> open = new HashMap<>();
    private int lastId;

    private record Call(Consumer<Rpc.Response> then, Future<?> deadline) {}

    /** @param onSilence gets the reason for which the connection is to end, when an answer has not come in time */
    Calls(Channel channel, Consumer<String> onSilence) {
        this.channel = channel;
        this.onSilence = onSilence;
    }

    void ask(String method, ArrayNode params, Duration within, Consumer<Rpc.Response> then) {
        int id = ++lastId;
        Future<?> deadline = channel.eventLoop()
                .schedule(
                        () -> onSilence.accept(
                                "it has not answered " + method + " within " + within.toMillis() + " ms"),
                        within.toMillis(),
                        TimeUnit.MILLISECONDS);
        open.put(id, new Call(then, deadline));
        channel.writeAndFlush(new Rpc.Request(method, params, IntNode.valueOf(id)))
                .addListener(written -> failed(written.cause()));
    }

    private void failed(@Nullable Throwable cause) {
        if (cause != null && channel.isActive()) {
            channel.pipeline().fireExceptionCaught(cause);
        }
    }

    /** @throws ProtocolViolation when nobody has asked for it */
    void answered(Rpc.Response response) {
        Call call = response.id().isInt() ? open.remove(response.id().intValue()) : null;
        if (call == null) {
            throw new ProtocolViolation("an answer to what nobody has asked");
        }
        call.deadline().cancel(false);
        call.then().accept(response);
    }

    /** No answer will come any more. */
    void end() {
        open.values().forEach(call -> call.deadline().cancel(false));
        open.clear();
    }
}
