package io.plugboard.controller.rest;

import static java.util.stream.Collectors.toCollection;

import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.service.Switches;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VnicId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** GET of the three collections. */
final class Lists {
    private final TopologyService service;
    private final Switches switches;

    Lists(TopologyService service, Switches switches) {
        this.service = service;
        this.switches = switches;
    }

    /** @param after the key that the page before ended with */
    private record Page<K>(int limit, Optional<K> after) {
        static <K> Page<K> of(Parameters parameters, Function<String, K> key) {
            return new Page<>(
                    parameters
                            .query("limit", Parameters.between(1, Integer.MAX_VALUE))
                            .orElse(Integer.MAX_VALUE),
                    parameters.query("continue", key));
        }

        NavigableSet<K> of(NavigableSet<K> keys) {
            return after.map(key -> keys.tailSet(key, false)).orElse(keys);
        }
    }

    Future<?> portGroups(RoutingContext context) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Page<PortGroupName> page = Page.of(parameters, PortGroupName::new);
        parameters.nothingElse();
        findings.refuse();

        Topology topology = service.topology();
        Iterator<StoredPortGroup> candidates = page.of(topology.portGroups().navigableKeySet()).stream()
                .flatMap(name -> topology.portGroup(name).stream())
                .iterator();
        return ListAnswer.write(
                context,
                new ListAnswer.Source<>(
                        topology.revision(),
                        candidates,
                        any -> true,
                        slice -> Future.succeededFuture(),
                        PortGroupView::of,
                        stored -> stored.portGroup().name().text()),
                page.limit());
    }

    Future<?> bridges(RoutingContext context) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Page<DatapathId> page = Page.of(parameters, DatapathId::parse);
        parameters.nothingElse();
        findings.refuse();

        Topology topology = service.topology();
        Map<DatapathId, BridgeStatus> seen =
                switches.bridges().stream().collect(Collectors.toMap(BridgeStatus::dpid, status -> status));
        NavigableSet<DatapathId> all = new TreeSet<>(topology.bridges().keySet());
        all.addAll(seen.keySet());
        return ListAnswer.write(
                context,
                new ListAnswer.Source<>(
                        topology.revision(),
                        page.of(all).iterator(),
                        any -> true,
                        slice -> Future.succeededFuture(),
                        dpid -> BridgeView.of(dpid, topology.bridge(dpid), Optional.ofNullable(seen.get(dpid))),
                        DatapathId::toString),
                page.limit());
    }

    Future<?> vnics(RoutingContext context) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Optional<DatapathId> bridge = parameters.query("bridge", DatapathId::parse);
        Optional<PortGroupName> portGroup = parameters.query("portGroup", PortGroupName::new);
        Optional<VnicStatus.State> state = parameters.query("state", Lists::state);
        Page<VnicId> page = Page.of(parameters, VnicId::new);
        parameters.nothingElse();
        findings.refuse();

        Topology topology = service.topology();
        NavigableSet<VnicId> ids = bridge.<NavigableSet<VnicId>>map(dpid -> topology.switchboard(dpid).vnics().stream()
                        .filter(vnic -> vnic.standing() == EffectiveVnic.Standing.ACTIVE)
                        .map(EffectiveVnic::id)
                        .collect(toCollection(TreeSet::new)))
                .or(() -> portGroup.map(topology::members))
                .orElseGet(() -> topology.attachments().navigableKeySet());
        Predicate<Attachment> inPortGroup = attachment ->
                portGroup.isEmpty() || portGroup.get().equals(attachment.vnic().portGroup());
        Predicate<Attachment> inState = attachment -> state.isEmpty()
                || state.get()
                        == switches.vnic(attachment.id()).map(VnicStatus::state).orElse(VnicStatus.State.PENDING);
        FreshCounters counters = new FreshCounters(switches, context.vertx().getOrCreateContext());
        return ListAnswer.write(
                context,
                new ListAnswer.Source<>(
                        topology.revision(),
                        page.of(ids).stream()
                                .flatMap(id -> topology.attachment(id).stream())
                                .iterator(),
                        inPortGroup.and(inState),
                        counters::prepare,
                        stored -> VnicView.of(
                                stored,
                                switches.vnic(stored.id()),
                                switches.migration(stored.id()),
                                counters.of(stored)),
                        stored -> stored.id().text()),
                page.limit());
    }

    private static VnicStatus.State state(String text) {
        Map<String, VnicStatus.State> states = Arrays.stream(VnicStatus.State.values())
                .collect(Collectors.toMap(VnicView::text, each -> each, (one, other) -> one, TreeMap::new));
        VnicStatus.State state = states.get(text);
        if (state == null) {
            throw new IllegalArgumentException(
                    "a state is one of " + String.join(", ", states.keySet()) + ", not '" + text + "'");
        }
        return state;
    }
}
