package io.plugboard.controller.source;

import io.plugboard.controller.source.ExternalIds.Problems;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what a row says of policy. A value that cannot be read counts as the one that lets guests do least, and is a problem. */
final class PolicyReader {
    private static final Pattern VLAN = Pattern.compile("0|[1-9][0-9]{0,3}");

    private final ExternalIds keys;
    private final Problems problems;

    PolicyReader(ExternalIds keys, Problems problems) {
        this.keys = keys;
        this.problems = problems;
    }

    SecurityPolicy security() {
        return new SecurityPolicy(
                setting(Keys.PROMISCUOUS_MODE), setting(Keys.MAC_ADDRESS_CHANGES), setting(Keys.FORGED_TRANSMITS));
    }

    private Optional<Setting> setting(String key) {
        return keys.read(key, PolicyReader::parseSetting, Optional.of(Setting.REJECT), problems);
    }

    private static Setting parseSetting(String text) {
        return switch (text) {
            case "accept" -> Setting.ACCEPT;
            case "reject" -> Setting.REJECT;
            default -> throw new IllegalArgumentException("is accept or reject, not " + ExternalIds.shown(text));
        };
    }

    Optional<Boolean> notifySwitches() {
        return keys.read(Keys.NOTIFY_SWITCHES, ExternalIds::flag, Optional.empty(), problems);
    }

    /** The same vNIC, with the policy that its row gives it. */
    Vnic over(Vnic vnic) {
        Vnic secured = vnic.withSecurity(security());
        Vnic allowed = with(Keys.ALLOWED_MACS, PolicyReader::parseMacs, Vnic::withAllowedMacs, secured);
        Vnic addressed = with(Keys.ADDRESSES, PolicyReader::parseAddresses, Vnic::withAddresses, allowed);
        return with(
                Keys.MULTICAST_ROUTER,
                ExternalIds::flag,
                (plain, isRouter) -> isRouter ? plain.asMulticastRouter() : plain,
                addressed);
    }

    private <T> Vnic with(String key, Function<String, T> parse, BiFunction<Vnic, T, Vnic> give, Vnic vnic) {
        return keys.read(key, text -> give.apply(vnic, parse.apply(text)), Optional.empty(), problems)
                .orElse(vnic);
    }

    private static Set<MacAddress> parseMacs(String text) {
        return ExternalIds.words(text).map(MacAddress::parse).collect(Collectors.toSet());
    }

    private static Set<VnicAddress> parseAddresses(String text) {
        return ExternalIds.words(text).map(PolicyReader::parseAddress).collect(Collectors.toSet());
    }

    /** {@code 192.0.2.1}, or {@code 192.0.2.1@100} in a VLAN. */
    private static VnicAddress parseAddress(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new VnicAddress(IpAddress.parse(text));
        }
        if (!VLAN.matcher(text.substring(at + 1)).matches()) {
            throw new IllegalArgumentException(
                    "behind the @ of " + ExternalIds.shown(text) + " is no VLAN id, 0 to " + VlanId.MAX);
        }
        VlanId vlan = new VlanId(Integer.parseInt(text.substring(at + 1)));
        return new VnicAddress(IpAddress.parse(text.substring(0, at)), Optional.of(vlan));
    }
}
