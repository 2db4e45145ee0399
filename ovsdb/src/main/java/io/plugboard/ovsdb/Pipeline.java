package io.plugboard.ovsdb;

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

/** What every connection is made of. */
final class Pipeline {
    private Pipeline() {}

    static MultiThreadIoEventLoopGroup threads(int count, String name) {
        IoHandlerFactory handlers = NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), handlers);
    }

    static Session in(Channel channel, OvsdbLimits limits, OvsdbListener listener, Optional<Followed> before) {
        Session session = new Session(channel, limits, listener, before);
        channel.pipeline()
                .addLast(
                        new IdleStateHandler(limits.idle().toMillis(), 0, 0, TimeUnit.MILLISECONDS),
                        new JsonCutter(limits.strangerOctets(), limits.depth()),
                        new RpcCodec(limits.messageOctets(), limits.depth()),
                        session);
        return session;
    }
}
