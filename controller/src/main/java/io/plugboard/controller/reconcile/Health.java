package io.plugboard.controller.reconcile;

import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.Switchboard;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with one bridge, and what ends it. */
final class Health {
    private final Withheld withheld = new Withheld();

    /** What the switch refused and no single vNIC owns, until the bridge has been mended. */
    private final Set<String> refusals = new LinkedHashSet<>();

    /** The vNICs that such a thing was for. */
    private final Map<VnicId, String> impaired = new HashMap<>();

    private List<String> strangers = List.of();
    private Optional<String> rival = Optional.empty();

    Withheld withheld() {
        return withheld;
    }

    /** @param concerned the vNICs that it was for */
    void refused(String words, Collection<VnicId> concerned) {
        refusals.add(words);
        concerned.forEach(vnic -> impaired.putIfAbsent(vnic, words));
    }

    /** All that should be there has been sent once more: what is still refused will be said anew. */
    void mended() {
        refusals.clear();
        impaired.clear();
    }

    /** What is there and nobody asked for. */
    void strangers(List<String> problems) {
        strangers = List.copyOf(problems);
    }

    /** @param address of another switch with the same datapath id */
    void rival(Optional<String> address) {
        rival = address;
    }

    void forgetSwitch() {
        withheld.clear();
        mended();
        strangers = List.of();
    }

    /** The vNICs that lack something, with the switch's words about why; of those that are there. */
    Map<VnicId, String> failures(Switchboard switchboard) {
        Map<VnicId, String> failures = new HashMap<>(impaired);
        failures.putAll(withheld.reasons());
        if (!failures.isEmpty()) {
            failures.keySet()
                    .retainAll(
                            switchboard.vnics().stream().map(EffectiveVnic::id).collect(Collectors.toSet()));
        }
        return Map.copyOf(failures);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>(refusals);
        problems.addAll(strangers);
        rival.ifPresent(address ->
                problems.add("another switch, at " + address + ", has the same datapath id and was turned away"));
        return problems;
    }
}
