package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.plugboard.ovsdb.wire.JsonCutter;
import io.plugboard.ovsdb.wire.RpcCodec;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What every connection of a server or a client is made of. */
final class Pipeline {
    private final OvsdbLimits limits;
    private final OvsdbListener listener;
    private final ObjectMapper json;

    Pipeline(OvsdbLimits limits, OvsdbListener listener) {
        this.limits = limits;
        this.listener = listener;
        this.json = RpcCodec.mapper(limits.messageOctets(), limits.depth());
    }

    static MultiThreadIoEventLoopGroup threads(int count) {
        IoHandlerFactory handlers = NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("ovsdb", true), handlers);
    }

    /** @param before how far an earlier connection to the same database has come */
    Session in(Channel channel, Optional<Followed> before) {
        Session session = new Session(channel, limits, listener, before);
        channel.pipeline()
                .addLast(
                        new IdleStateHandler(limits.idle().toMillis(), 0, 0, TimeUnit.MILLISECONDS),
                        new JsonCutter(limits.strangerOctets(), limits.depth()),
                        new RpcCodec(json),
                        session);
        return session;
    }
}
