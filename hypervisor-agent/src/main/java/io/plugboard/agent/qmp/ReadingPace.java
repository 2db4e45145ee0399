package io.plugboard.agent.qmp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Lets a peer say so much a second, many times what a QEMU has to say. The rest waits in its socket, and so one that talks
 * without end does not keep others from being heard.
 */
final class ReadingPace extends ChannelInboundHandlerAdapter {
    static final int LINES = 2_000;
    static final int CHARACTERS = 1 << 20;
    private static final long PERIOD_MILLIS = 1_000;

    private int lines;
    private int characters;

    @Override
    public void channelRead(ChannelHandlerContext context, Object line) {
        if (lines == 0) {
            context.executor().schedule(() -> beginAnew(context), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        lines++;
        characters += ((String) line).length();
        if (lines >= LINES || characters >= CHARACTERS) {
            context.channel().config().setAutoRead(false);
        }
        context.fireChannelRead(line);
    }

    private void beginAnew(ChannelHandlerContext context) {
        lines = 0;
        characters = 0;
        context.channel().config().setAutoRead(true);
    }
}
