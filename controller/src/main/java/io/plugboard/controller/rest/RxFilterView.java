package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.Vnic;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A receive filter as the API takes and shows it.
 *
 * @param vlans ids and ranges; none when the card has no VLAN filter
 * @param revision the vNIC's; none within the vNIC itself, which has it
 * @param status the vNIC's; none within the vNIC itself, which has it
 */
record RxFilterView(
        String mac,
        boolean promiscuous,
        boolean allMulticast,
        List<String> multicast,
        List<String> unicast,
        @Nullable List<String> vlans,
        @Nullable Long revision,
        VnicView.@Nullable Status status) {

    static Optional<RxFilter> read(JsonNode node, String pointer, Findings findings) {
        return Fields.of(node, pointer, findings).flatMap(fields -> {
            Optional<MacAddress> mac = fields.required("mac", Fields.text(RxFilterView::ownable));
            Optional<Boolean> promiscuous = fields.optional("promiscuous", Fields.flag());
            Optional<Boolean> allMulticast = fields.optional("allMulticast", Fields.flag());
            Optional<List<MacAddress>> multicast =
                    fields.optional("multicast", Fields.list(Fields.text(RxFilterView::group)));
            Optional<List<MacAddress>> unicast =
                    fields.optional("unicast", Fields.list(Fields.text(RxFilterView::ownable)));
            Optional<VlanSet> vlans = fields.optional("vlans", VlanView::readSet);
            fields.ignored("revision", "status");
            fields.nothingElse();
            return mac.map(main -> new RxFilter(
                    main,
                    promiscuous.orElse(false),
                    allMulticast.orElse(false),
                    new TreeSet<>(multicast.orElse(List.of())),
                    new TreeSet<>(unicast.orElse(List.of())),
                    vlans));
        });
    }

    private static MacAddress ownable(String text) {
        return Vnic.requireOwnable(MacAddress.parse(text));
    }

    private static MacAddress group(String text) {
        MacAddress mac = MacAddress.parse(text);
        if (!mac.isGroup()) {
            throw new IllegalArgumentException(mac + " is not a multicast address");
        }
        return mac;
    }

    /** As a part of its vNIC. */
    static RxFilterView of(RxFilter filter) {
        return of(filter, null, null);
    }

    /** By itself; empty while it is unknown. */
    static Optional<RxFilterView> of(Attachment attachment, Optional<VnicStatus> status) {
        return attachment
                .rxFilter()
                .map(filter -> of(
                        filter,
                        attachment.revision(),
                        VnicView.Status.of(attachment.vnic(), status, Optional.empty())));
    }

    private static RxFilterView of(RxFilter filter, @Nullable Long revision, VnicView.@Nullable Status status) {
        return new RxFilterView(
                filter.mac().toString(),
                filter.promiscuous(),
                filter.allMulticast(),
                texts(filter.multicast()),
                texts(filter.unicast()),
                filter.vlans().map(VlanView::texts).orElse(null),
                revision,
                status);
    }

    static List<String> texts(Collection<MacAddress> macs) {
        return macs.stream().map(MacAddress::toString).toList();
    }
}
