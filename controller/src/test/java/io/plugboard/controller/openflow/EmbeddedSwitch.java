package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A switch without a socket, on a clock that stands still but for {@link #pass}. */
final class EmbeddedSwitch extends ScriptedSwitch {
    private final EmbeddedChannel channel;

    private final ByteBuf received = Unpooled.buffer();

    EmbeddedSwitch(Registry registry, RecordedEvents events, SessionLimits limits) {
        channel = new EmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel embedded) {
                ((EmbeddedChannel) embedded).freezeTime();
                OpenFlowServer.prepare(embedded, registry, events, limits);
            }
        });
    }

    EmbeddedSwitch(RecordedEvents events) {
        this(new Registry(10), events, SessionLimits.defaults());
    }

    /** Goes nowhere once the controller has ended the connection. */
    @Override
    public void send(byte[] octets) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.wrappedBuffer(octets));
        }
    }

    @Override
    public Message receive() {
        List<Message> one = take(1);
        if (one.isEmpty()) {
            throw new AssertionError("the controller has sent nothing");
        }
        return one.get(0);
    }

    /** All that the controller has sent. */
    List<Message> receiveAll() {
        return take(Integer.MAX_VALUE);
    }

    private List<Message> take(int most) {
        channel.runPendingTasks();
        for (ByteBuf chunk = channel.readOutbound(); chunk != null; chunk = channel.readOutbound()) {
            received.writeBytes(chunk);
            chunk.release();
        }
        List<Message> messages = new ArrayList<>();
        while (received.isReadable() && messages.size() < most) {
            int length = received.getUnsignedShort(received.readerIndex() + 2);
            messages.add(new Message(ByteBufUtil.getBytes(received.readSlice(length))));
        }
        return messages;
    }

    /** Lets time pass, and what is due then happen. */
    void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    /** Lets happen what has been asked for from elsewhere. */
    void turn() {
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

    /** The switch ends the connection. */
    @Override
    public void close() {
        channel.close();
    }
}
