package io.plugboard.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QmpSessionTest {
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final List<String> told = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final QmpSession session = new QmpSession("web-1", channel, new QmpListener() {
        @Override
        public void ready(QmpMonitor monitor) {
            told.add("ready");
        }

        @Override
        public void event(QmpMonitor monitor, String name, JsonNode data) {
            told.add(name);
        }

        @Override
        public void absent() {
            told.add("absent");
        }
    });

    QmpSessionTest() {
        channel.freezeTime();
        channel.pipeline().addLast(session);
        channel.pipeline().fireChannelActive();
    }

    private void negotiate() {
        channel.writeInbound(FakeQemu.GREETING);
        assertThat(sent()).isEqualTo("{\"execute\":\"qmp_capabilities\",\"id\":1}\n");
        channel.writeInbound("{\"return\": {}, \"id\": 1}");
    }

    private String sent() {
        ByteBuf octets = channel.readOutbound();
        try {
            return octets.toString(StandardCharsets.UTF_8);
        } finally {
            octets.release();
        }
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void leavesPeerThatNeverGreets() {
        pass(29);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(session.end()).contains("it has not greeted within 30 s");
    }

    @Test
    void leavesPeerThatNeverAnswers() {
        negotiate();
        CompletableFuture<JsonNode> answer =
                session.execute("query-status", NOTHING).toCompletableFuture();
        pass(30);
        assertThat(channel.isOpen()).isFalse();
        assertThatThrownBy(answer::join).hasMessageContaining("it has not answered query-status within 30 s");
    }

    @Test
    void staysWithPeerThatHasNothingToSay() {
        negotiate();
        pass(3600);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void refusesEachCommandWithTheWordsOfQemu() {
        negotiate();
        CompletableFuture<JsonNode> answer = session.execute("nope", NOTHING).toCompletableFuture();
        channel.writeInbound(
                "{\"id\": 2, \"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command nope has not been found\"}}");
        assertThatThrownBy(answer::join).hasMessageContaining("The command nope has not been found");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void tellsNoEventBeforeItIsReady() {
        channel.writeInbound(FakeQemu.GREETING, "{\"event\": \"STOP\"}");
        assertThat(told).isEmpty();
        channel.writeInbound("{\"return\": {}, \"id\": 1}", "{\"event\": \"RESUME\"}");
        assertThat(told).containsExactly("ready", "RESUME");
    }

    @Test
    void failsWhatWasAskedWhenTheConnectionEnds() {
        negotiate();
        CompletableFuture<JsonNode> asked =
                session.execute("query-status", NOTHING).toCompletableFuture();
        channel.close();
        assertThatThrownBy(asked::join).hasMessageContaining("it has closed the connection");
        CompletableFuture<JsonNode> late =
                session.execute("query-status", NOTHING).toCompletableFuture();
        assertThatThrownBy(late::join).hasMessageContaining("it has closed the connection");
    }

    @Test
    void provesItselfByStaying() {
        negotiate();
        assertThat(session.hasProvedItself()).isFalse();
        pass(5);
        assertThat(session.hasProvedItself()).isTrue();
    }
}
