package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A security policy as the API takes and shows it: the settings that are given. */
record SecurityView(
        @Nullable String promiscuousMode,
        @Nullable String macAddressChanges,
        @Nullable String forgedTransmits) {
    private static final Fields.Reader<Setting> SETTING =
            Fields.word("a setting", Map.of("accept", Setting.ACCEPT, "reject", Setting.REJECT));

    static Optional<SecurityPolicy> read(JsonNode node, String pointer, Findings findings) {
        return Fields.of(node, pointer, findings).map(fields -> {
            Optional<Setting> promiscuousMode = fields.optional("promiscuousMode", SETTING);
            Optional<Setting> macAddressChanges = fields.optional("macAddressChanges", SETTING);
            Optional<Setting> forgedTransmits = fields.optional("forgedTransmits", SETTING);
            fields.nothingElse();
            return new SecurityPolicy(promiscuousMode, macAddressChanges, forgedTransmits);
        });
    }

    static SecurityView of(SecurityPolicy policy) {
        return new SecurityView(
                text(policy.promiscuousMode()), text(policy.macAddressChanges()), text(policy.forgedTransmits()));
    }

    private static @Nullable String text(Optional<Setting> setting) {
        return setting.map(given -> given.name().toLowerCase(Locale.ROOT)).orElse(null);
    }
}
