package io.plugboard.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.PacketOut;
import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A switch in memory: it keeps flows and groups, and answers barriers when it is told to. */
public final class FakeSwitch implements SwitchConnection {
    static final SwitchProfile CAPABLE = new SwitchProfile(254, -1L, true, true, true, true);

    public final Map<FlowKey, InstalledFlow> flows = new TreeMap<>();
    public final Map<GroupId, Group> groups = new TreeMap<>();
    public final List<Installed.ForeignFlow> foreignFlows = new ArrayList<>();

    /** What it was sent, once each however many bundles it took, since somebody cleared this. */
    public final List<SwitchCommand> received = new ArrayList<>();

    /** What came as bundles, those that it refused included. */
    public final List<List<SwitchCommand>> bundles = new ArrayList<>();

    /** What it was to send out. */
    public final List<PacketOut> emitted = new ArrayList<>();

    Optional<ControllerMeter> meter = Optional.empty();
    public Predicate<SwitchCommand> refuses = command -> false;
    public boolean answersAtOnce = true;
    public final Map<Integer, PortCounters> portCounters = new TreeMap<>();
    public int countersAsked;
    public SwitchProfile profile = CAPABLE;
    boolean closed;
    boolean readBackRefused;
    boolean refusesBundles;

    private final DatapathId dpid;
    private final List<Runnable> unanswered = new ArrayList<>();
    private final List<CompletableFuture<?>> stages = new ArrayList<>();

    public FakeSwitch(DatapathId dpid) {
        this.dpid = dpid;
    }

    /** Answers everything that is waiting for an answer. */
    public void answer() {
        List<Runnable> answers = new ArrayList<>(unanswered);
        unanswered.clear();
        answers.forEach(Runnable::run);
    }

    /** Ends before it has answered. */
    void lose(String reason) {
        stages.forEach(stage -> stage.completeExceptionally(new ConnectionLost(reason)));
    }

    /** A new session with the same switch: what is installed stays. */
    FakeSwitch reconnected() {
        FakeSwitch session = new FakeSwitch(dpid);
        session.flows.putAll(flows);
        session.groups.putAll(groups);
        session.foreignFlows.addAll(foreignFlows);
        session.meter = meter;
        return session;
    }

    void assertHas(FlowProgram program) {
        Map<FlowKey, String> desired = program.flows().values().stream()
                .collect(Collectors.toMap(
                        Flow::key, flow -> flow.cookie() + " " + flow.instructions(), (a, b) -> a, TreeMap::new));
        Map<FlowKey, String> installed = flows.values().stream()
                .collect(Collectors.toMap(
                        InstalledFlow::key,
                        flow -> new Cookie(flow.cookie()) + " " + flow.instructions(),
                        (a, b) -> a,
                        TreeMap::new));
        assertThat(installed).isEqualTo(desired);
        assertThat(groups).isEqualTo(program.groups());
    }

    @Override
    public DatapathId datapathId() {
        return dpid;
    }

    @Override
    public SwitchProfile profile() {
        return profile;
    }

    @Override
    public String address() {
        return "192.0.2.1:40000";
    }

    @Override
    public CompletionStage<List<Refusal>> send(List<SwitchCommand> commands) {
        List<Refusal> refusals = new ArrayList<>();
        for (SwitchCommand command : commands) {
            received.add(command);
            if (refuses.test(command)) {
                refusals.add(new Refusal(command, "OFPFMFC_TABLE_FULL"));
            } else {
                perform(command);
            }
        }
        return answered(refusals);
    }

    private void perform(SwitchCommand command) {
        if (command instanceof SwitchCommand.PutFlow put) {
            Flow flow = put.flow();
            flows.put(flow.key(), new InstalledFlow(flow.key(), flow.cookie().bits(), flow.instructions(), 0, 0));
        } else if (command instanceof SwitchCommand.RenewFlow renew) {
            Flow flow = renew.flow();
            flows.put(flow.key(), new InstalledFlow(flow.key(), flow.cookie().bits(), flow.instructions(), 0, 0));
        } else if (command instanceof SwitchCommand.DeleteFlow delete) {
            flows.remove(delete.key());
        } else if (command instanceof SwitchCommand.DeleteForeignFlow delete) {
            foreignFlows.remove(delete.flow());
        } else if (command instanceof SwitchCommand.AddGroup add) {
            groups.put(add.group().id(), add.group());
        } else if (command instanceof SwitchCommand.ModifyGroup modify) {
            groups.put(modify.group().id(), modify.group());
        } else if (command instanceof SwitchCommand.AddMeter add) {
            meter = Optional.of(add.meter());
        } else if (command instanceof SwitchCommand.ModifyMeter modify) {
            meter = Optional.of(modify.meter());
        } else if (command instanceof SwitchCommand.DeleteMeter) {
            meter = Optional.empty();
        } else if (command instanceof SwitchCommand.DeleteGroup delete) {
            groups.remove(delete.id());
        }
    }

    /** Names the first that it refuses, as Open vSwitch does, and applies none then. */
    @Override
    public CompletionStage<BundleOutcome> sendAtomically(List<SwitchCommand> commands) {
        bundles.add(List.copyOf(commands));
        if (refusesBundles) {
            return answered(new BundleOutcome(false, List.of()));
        }
        Optional<SwitchCommand> refused = commands.stream().filter(refuses).findFirst();
        refused.ifPresent(received::add);
        if (refused.isEmpty()) {
            received.addAll(commands);
            commands.forEach(this::perform);
        }
        return answered(new BundleOutcome(
                refused.isEmpty(),
                refused.map(command -> new Refusal(command, "OFPFMFC_TABLE_FULL")).stream()
                        .toList()));
    }

    @Override
    public CompletionStage<Void> emit(List<PacketOut> packets) {
        emitted.addAll(packets);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Installed> readBack() {
        if (readBackRefused) {
            return CompletableFuture.failedStage(new RequestRefused("OFPMP_GROUP_DESC", "OFPBRC_BAD_MULTIPART"));
        }
        return answered(
                new Installed(Map.copyOf(flows), Map.copyOf(groups), List.copyOf(foreignFlows), List.of(), meter));
    }

    @Override
    public CompletionStage<Map<Integer, PortCounters>> portCounters() {
        countersAsked++;
        return answered(Map.copyOf(portCounters));
    }

    @Override
    public CompletionStage<List<InstalledFlow>> flows(FlowTable table, Cookie cookie, long cookieMask) {
        return answered(flows.values().stream()
                .filter(flow -> flow.key().table() == table.id() && (flow.cookie() & cookieMask) == cookie.bits())
                .toList());
    }

    private <T> CompletionStage<T> answered(T answer) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        stages.add(stage);
        unanswered.add(() -> stage.complete(answer));
        if (answersAtOnce) {
            answer();
        }
        return stage;
    }

    @Override
    public void close(String reason) {
        closed = true;
    }
}
