package io.plugboard.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new ReadingPace());

    ReadingPaceTest() {
        channel.freezeTime();
    }

    private boolean isRead() {
        return channel.config().isAutoRead();
    }

    @Test
    void stopsReadingAfterTooManyLinesAndGoesOnWithTheNextSecond() {
        for (int line = 1; line < ReadingPace.LINES; line++) {
            channel.writeInbound("{}");
        }
        assertThat(isRead()).isTrue();
        channel.writeInbound("{}");
        assertThat(isRead()).isFalse();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(isRead()).isTrue();
        assertThat(channel.inboundMessages()).hasSize(ReadingPace.LINES);
    }

    @Test
    void stopsReadingAfterTooLongLines() {
        String line = "x".repeat(ReadingPace.CHARACTERS / 4);
        for (int lines = 1; lines < 4; lines++) {
            channel.writeInbound(line);
        }
        assertThat(isRead()).isTrue();
        channel.writeInbound(line);
        assertThat(isRead()).isFalse();
    }
}
