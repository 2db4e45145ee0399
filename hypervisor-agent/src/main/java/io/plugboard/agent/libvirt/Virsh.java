package io.plugboard.agent.libvirt;

import io.plugboard.agent.qmp.QmpFailure;
import io.plugboard.agent.qmp.QmpJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs virsh, a few at a time. */
final class Virsh implements AutoCloseable {
    private static final int AT_A_TIME = 4;
    private static final long ANSWER_SECONDS = 30;

    private final List<String> command;
    private final ExecutorService runners = Executors.newFixedThreadPool(AT_A_TIME, run -> {
        Thread thread = new Thread(run, "virsh");
        thread.setDaemon(true);
        return thread;
    });

    /** @param command with the options that all have, such as {@code virsh -c qemu:///system -q} */
    Virsh(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** Starts one that runs on; it is for the caller to read and to end. */
    Process start(String... arguments) throws IOException {
        return new ProcessBuilder(
                        Stream.concat(command.stream(), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .start();
    }

    /** Completes with what it has printed; exceptionally with {@link QmpFailure} when it fails, or takes too long. */
    CompletionStage<String> run(String... arguments) {
        CompletableFuture<String> printed = new CompletableFuture<>();
        runners.execute(() -> {
            try {
                printed.complete(wait(start(arguments)));
            } catch (IOException failed) {
                printed.completeExceptionally(failed);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                printed.completeExceptionally(new QmpFailure("the agent ends"));
            }
        });
        return printed;
    }

    private static String wait(Process process) throws IOException, InterruptedException {
        CompletableFuture<?> deadline = new CompletableFuture<>()
                .completeOnTimeout(process, ANSWER_SECONDS, TimeUnit.SECONDS)
                .thenRun(process::destroyForcibly);
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readNBytes(QmpJson.MAX_LINE), StandardCharsets.UTF_8);
            output.skip(Long.MAX_VALUE);
            if (process.waitFor() != 0) {
                throw new QmpFailure(
                        "virsh: " + text.strip().lines().findFirst().orElse("it has failed without a word"));
            }
            return text;
        } finally {
            deadline.cancel(false);
            process.destroy();
        }
    }

    @Override
    public void close() {
        runners.shutdownNow();
    }
}
