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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs virsh, a few at a time. Those that libvirt keeps waiting do not count, and keep no others waiting while there are not
 * many: it answers for no domain that arrives by a migration before that has ended, which may take minutes.
 */
final class Virsh implements AutoCloseable {
    private static final int AT_A_TIME = 4;

    /**
     * With those that wait. Libvirt works on twenty questions at a time, waiting ones included, and ends migrations by one of
     * these twenty too.
     */
    private static final int MOST = 12;

    private static final long ANSWER_SECONDS = 30;

    /** What takes longer waits for libvirt, and takes nothing of the machine. */
    private static final long AT_WORK_SECONDS = 1;

    private final List<String> command;
    private final ExecutorService turns = Executors.newFixedThreadPool(AT_A_TIME, Virsh::thread);
    private final ExecutorService runners = Executors.newCachedThreadPool(Virsh::thread);
    private final Semaphore room = new Semaphore(MOST);

    /** @param command with the options that all have, such as {@code virsh -c qemu:///system -q} */
    Virsh(List<String> command) {
        this.command = List.copyOf(command);
    }

    private static Thread thread(Runnable run) {
        Thread thread = new Thread(run, "virsh");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts one that runs on; it is for the caller to read and to end. */
    Process start(String... arguments) throws IOException {
        ProcessBuilder virsh = new ProcessBuilder(
                        Stream.concat(command.stream(), Stream.of(arguments)).toList())
                .redirectErrorStream(true);
        // It is read here, and not by a person.
        virsh.environment().put("LC_ALL", "C");
        return virsh.start();
    }

    /** Completes with what it has printed; exceptionally with {@link QmpFailure} when it fails, or takes too long. */
    CompletionStage<String> run(String... arguments) {
        CompletableFuture<String> printed = new CompletableFuture<>();
        turns.execute(() -> {
            room.acquireUninterruptibly();
            try {
                runners.execute(() -> run(arguments, printed));
            } catch (RejectedExecutionException ended) {
                printed.completeExceptionally(new QmpFailure("the agent ends"));
            }
            printed.handle((text, failed) -> true)
                    .completeOnTimeout(true, AT_WORK_SECONDS, TimeUnit.SECONDS)
                    .join();
        });
        return printed;
    }

    private void run(String[] arguments, CompletableFuture<String> printed) {
        try {
            printed.complete(wait(start(arguments)));
        } catch (IOException failed) {
            printed.completeExceptionally(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            printed.completeExceptionally(new QmpFailure("the agent ends"));
        } finally {
            room.release();
        }
    }

    private static String wait(Process process) throws IOException, InterruptedException {
        CompletableFuture<Process> late =
                new CompletableFuture<Process>().completeOnTimeout(process, ANSWER_SECONDS, TimeUnit.SECONDS);
        late.thenAccept(Process::destroyForcibly);
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readNBytes(QmpJson.MAX_LINE), StandardCharsets.UTF_8);
            output.skip(Long.MAX_VALUE);
            if (process.waitFor() != 0) {
                throw new QmpFailure("virsh: " + reason(text));
            }
            return text;
        } catch (IOException failed) {
            throw late.isDone() ? new QmpFailure("virsh has not answered within " + ANSWER_SECONDS + " s") : failed;
        } finally {
            late.cancel(false);
            process.destroy();
        }
    }

    /** Its first line says that something failed, the next one why. */
    private static String reason(String text) {
        String reason = text.lines()
                .map(line -> line.strip().replaceFirst("^error: ", ""))
                .filter(line -> !line.isEmpty())
                .limit(2)
                .collect(Collectors.joining(": "));
        return reason.isEmpty() ? "it has failed without a word" : reason;
    }

    @Override
    public void close() {
        turns.shutdownNow();
        runners.shutdownNow();
    }
}
