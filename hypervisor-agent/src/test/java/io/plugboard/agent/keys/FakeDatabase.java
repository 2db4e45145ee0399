package io.plugboard.agent.keys;

import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.OperationResult;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.ovsdb.Snapshot;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.OpenVSwitchRow;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** A database of Interfaces, whose transactions are done when a test says so. */
final class FakeDatabase implements OvsdbSession {
    private PMap<UUID, InterfaceRow> rows = HashTreePMap.empty();
    private final List<Transaction> open = new ArrayList<>();
    private int lastRow;

    private record Transaction(List<Operation> operations, CompletableFuture<List<OperationResult>> answer) {}

    UUID add(String name, Optional<Integer> ifindex, Map<String, String> externalIds) {
        UUID uuid = new UUID(0, ++lastRow);
        rows = rows.plus(
                uuid,
                new InterfaceRow(
                        uuid, name, "", Optional.empty(), ifindex, Optional.empty(), Optional.empty(), externalIds));
        return uuid;
    }

    void remove(UUID row) {
        rows = rows.minus(row);
    }

    /** As somebody else would. */
    void set(UUID row, Map<String, String> externalIds) {
        InterfaceRow old = row(row);
        rows = rows.plus(
                row,
                new InterfaceRow(
                        row,
                        old.name(),
                        old.type(),
                        old.ofport(),
                        old.ifindex(),
                        old.macInUse(),
                        old.error(),
                        externalIds));
    }

    Map<String, String> externalIds(UUID row) {
        return row(row).externalIds();
    }

    private InterfaceRow row(UUID row) {
        return Optional.ofNullable(rows.get(row)).orElseThrow();
    }

    Snapshot snapshot() {
        return new Snapshot(
                new OpenVSwitchRow(new UUID(1, 1), Map.of(), "3.1.0"),
                HashTreePMap.empty(),
                HashTreePMap.empty(),
                rows);
    }

    /** How many transactions have not been answered yet. */
    int open() {
        return open.size();
    }

    @Override
    public CompletionStage<List<OperationResult>> transact(List<Operation> operations) {
        CompletableFuture<List<OperationResult>> answer = new CompletableFuture<>();
        open.add(new Transaction(operations, answer));
        return answer;
    }

    /** The oldest one is done. Its answer is to be given when the listener has been told. */
    Runnable commit() {
        Transaction transaction = open.remove(0);
        transaction.operations().forEach(this::apply);
        List<OperationResult> results = transaction.operations().stream()
                .<OperationResult>map(unused -> new OperationResult.Done(1, Optional.empty()))
                .toList();
        return () -> transaction.answer().complete(results);
    }

    void apply(Operation operation) {
        Operation.PutKeys change = (Operation.PutKeys) operation;
        if (rows.containsKey(change.row())) {
            Map<String, String> externalIds = new HashMap<>(externalIds(change.row()));
            externalIds.putAll(change.put());
            externalIds.keySet().removeAll(change.remove());
            set(change.row(), externalIds);
        }
    }

    void refuse() {
        open.remove(0).answer().complete(List.of(new OperationResult.Failed("constraint violation", "no")));
    }

    @Override
    public SocketAddress localAddress() {
        return InetSocketAddress.createUnresolved("here", 1);
    }

    @Override
    public SocketAddress remoteAddress() {
        return InetSocketAddress.createUnresolved("there", 2);
    }

    @Override
    public void close(String reason) {
        open.clear();
    }
}
