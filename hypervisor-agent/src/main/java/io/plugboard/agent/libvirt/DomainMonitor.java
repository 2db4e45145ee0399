package io.plugboard.agent.libvirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.agent.qmp.QmpFailure;
import io.plugboard.agent.qmp.QmpJson;
import io.plugboard.agent.qmp.QmpMonitor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks one domain's QEMU by {@code virsh qemu-monitor-command}, a process a question. */
final class DomainMonitor implements QmpMonitor {
    private final String domain;
    private final Virsh virsh;
    private final ScheduledExecutorService thread;

    DomainMonitor(String domain, Virsh virsh, ScheduledExecutorService thread) {
        this.domain = domain;
        this.virsh = virsh;
        this.thread = thread;
    }

    @Override
    public CompletionStage<JsonNode> execute(String command, ObjectNode arguments) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("execute", command);
        if (!arguments.isEmpty()) {
            message.set("arguments", arguments);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        virsh.run("qemu-monitor-command", "--domain", domain, "--cmd", message.toString())
                .whenCompleteAsync(
                        (printed, failed) -> {
                            if (failed == null) {
                                complete(answer, printed);
                            } else {
                                answer.completeExceptionally(failed);
                            }
                        },
                        thread);
        return answer;
    }

    private static void complete(CompletableFuture<JsonNode> answer, String printed) {
        try {
            answer.complete(QmpJson.returned(QmpJson.parse(printed)));
        } catch (QmpFailure refused) {
            answer.completeExceptionally(refused);
        }
    }

    @Override
    public void later(Duration pause, Runnable action) {
        thread.schedule(action, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
