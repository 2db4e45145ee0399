package io.plugboard.compiler.announce;

import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.Ipv4Address;
import java.time.Duration;

/** The default settings, with a few of them changed. */
final class SettingsBuilder {
    private int rounds = AnnounceSettings.DEFAULT.rounds();
    private Duration initial = AnnounceSettings.DEFAULT.initial();
    private Duration max = AnnounceSettings.DEFAULT.max();
    private int queries = AnnounceSettings.DEFAULT.queries();
    private int igmpVersion = AnnounceSettings.DEFAULT.igmpVersion();
    private Ipv4Address igmpQuerySource = AnnounceSettings.DEFAULT.igmpQuerySource();
    private int mldVersion = AnnounceSettings.DEFAULT.mldVersion();
    private Duration maxResponse = AnnounceSettings.DEFAULT.maxResponse();
    private int robustness = AnnounceSettings.DEFAULT.robustness();
    private Duration queryInterval = AnnounceSettings.DEFAULT.queryInterval();
    private boolean reportKnownGroups = AnnounceSettings.DEFAULT.reportKnownGroups();

    private SettingsBuilder() {}

    static SettingsBuilder settings() {
        return new SettingsBuilder();
    }

    SettingsBuilder rounds(int count) {
        rounds = count;
        return this;
    }

    SettingsBuilder initial(Duration pause) {
        initial = pause;
        return this;
    }

    SettingsBuilder max(Duration pause) {
        max = pause;
        return this;
    }

    SettingsBuilder queries(int count) {
        queries = count;
        return this;
    }

    SettingsBuilder igmpVersion(int version) {
        igmpVersion = version;
        return this;
    }

    SettingsBuilder igmpQuerySource(String address) {
        igmpQuerySource = Ipv4Address.parse(address);
        return this;
    }

    SettingsBuilder mldVersion(int version) {
        mldVersion = version;
        return this;
    }

    SettingsBuilder maxResponse(Duration time) {
        maxResponse = time;
        return this;
    }

    SettingsBuilder robustness(int variable) {
        robustness = variable;
        return this;
    }

    SettingsBuilder queryInterval(Duration time) {
        queryInterval = time;
        return this;
    }

    SettingsBuilder withoutKnownGroups() {
        reportKnownGroups = false;
        return this;
    }

    AnnounceSettings build() {
        AnnounceSettings usual = AnnounceSettings.DEFAULT;
        return new AnnounceSettings(
                rounds,
                initial,
                usual.step(),
                max,
                queries,
                usual.querySpacing(),
                igmpVersion,
                igmpQuerySource,
                mldVersion,
                usual.mldQuerySource(),
                maxResponse,
                robustness,
                queryInterval,
                reportKnownGroups);
    }
}
